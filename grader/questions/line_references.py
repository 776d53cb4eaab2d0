"""Lines of a listing that an answer names: by number, as a range, or by their text."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from grader.course.language_words import pattern
from grader.course.unreadable import quote_for_message
from grader.questions.answers import Answer, text_of
from grader.questions.invisible import visible

if TYPE_CHECKING:
    from grader.questions.scored import Feedback

_TEXT_LIMIT = 400  # characters; a longer text is no line of a listing, and comparing it takes time
_PARTS_LIMIT = 200  # each is compared with every line
_RANGE_LIMIT = 100
_NUMBER = re.compile(
    rf"(?:{pattern('answers', 'line')}|n|№)?\s*\.?\s*(\d{{1,6}})\s*[.:]?", re.IGNORECASE
)
_RANGE = re.compile(r"(\d{1,6})\s*[-–—]\s*(\d{1,6})")
_BETWEEN = re.compile(r"[,;\s]+")
_NUMBERED = re.compile(r"(\d{1,6})\s*[:|.)]?\s+(\S.*)")
# A line that is no whole statement is completed: by a body, and by its enclosing block.
_FRAMES = (
    "{0}",
    "{0}\n    pass",
    "if 0:\n    pass\n{0}\n    pass",
    "try:\n    pass\n{0}\n    pass",
    "{0}\n    pass\nfinally:\n    pass",
    "match 0:\n  {0}\n    pass",
    "{0}\ndef decorated(): pass",
)


def referenced_lines(answer: Answer, lines: list[str]) -> Iterator[set[int] | Feedback] | None:
    """Yield for each part of an answer the lines that it may denote, else the feedback.

    None: it has more parts than the limit.
    """
    parts = list(islice(_parts(answer), _PARTS_LIMIT + 1))
    return None if len(parts) > _PARTS_LIMIT else (_named(part, lines) for part in parts)


def _parts(answer: Answer) -> Iterator[str]:
    """Yield the lines that an answer names, each as a number or a text, ranges expanded."""
    if isinstance(answer, list):
        for item in answer:
            yield from _parts(item)
    elif isinstance(answer, dict):
        # YAML reads "- for i in x:" in a list as a mapping, but it is a line of Python.
        yield text_of(answer)
    else:
        for text in filter(None, map(str.strip, visible(answer or "").split("\n"))):
            yield from _numbers(text) or [text]


def _numbers(text: str) -> list[str]:
    """Return the numbers in a text that consists of nothing else, else none."""
    if len(text) > _TEXT_LIMIT:
        return []
    if span := _RANGE.fullmatch(text):
        first, last = int(span[1]), int(span[2])
        return [str(n) for n in range(first, last + 1)] if last - first < _RANGE_LIMIT else []
    words = _BETWEEN.split(text)
    if len(words) == 1:
        return []
    parts = [_numbers(word) or ([word] if word.isdecimal() else []) for word in words if word]
    return [number for part in parts for number in part] if all(parts) else []


def _named(part: str, lines: list[str]) -> set[int] | Feedback:
    """Return the lines that a number or text may denote, else the feedback."""
    if len(part) > _TEXT_LIMIT:
        return "quiz.line_unknown", {"text": quote_for_message(part)}
    found = _equal(part, lines) or _equal(part + ":", lines)
    if found:
        return found
    if number := _NUMBER.fullmatch(part):
        return {int(number[1])}
    numbered = _NUMBERED.fullmatch(part)  # pasted with its line number
    if numbered and int(numbered[1]) in _equal(numbered[2], lines):
        return {int(numbered[1])}
    return "quiz.line_unknown", {"text": quote_for_message(part)}


def _equal(text: str, lines: list[str]) -> set[int]:
    wanted = normalized_line(text)
    return {number for number, line in enumerate(lines, 1) if normalized_line(line) == wanted}


@lru_cache(maxsize=1024)
def normalized_line(text: str) -> tuple[int, str]:
    """Return the normal form of a line: spacing and the kind of quotes do not matter.

    The number is negative if the text is neither Python nor the head of a statement.
    """
    plain = text.strip()
    if len(plain) <= _TEXT_LIMIT:
        for index, frame in enumerate(_FRAMES):
            dumped = _dumped(frame.format(plain))
            if dumped is not None:
                return index, dumped
    return -1, " ".join(plain.split())


def _dumped(source: str) -> str | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(source)
            return ast.dump(tree) if tree.body else None
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
