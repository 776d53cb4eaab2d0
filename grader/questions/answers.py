"""The answer file of a quiz or lines exercise: one entry a question."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.course.unreadable import Unreadable, quoted
from grader.questions import plain_yaml
from grader.questions.plain_yaml import Node, same_key

if TYPE_CHECKING:
    from grader.course.models import Question
    from grader.questions.plain_yaml import Again

Answer = Node | None

_MENDED_LINES_LIMIT = 500
_MENDED_LINE_LIMIT = 1000
_KEY_LIMIT = 100  # no id is longer, and to look for what is close takes its time
_CLOSING = {"[": "]", "{": "}", '"': '"', "'": "'"}
_ENTRY = re.compile(r"(\s*[^\W\d][\w-]*\s*:|\s*-(?=\s))\s*(.*)")
_NAME = re.compile(r"[^\W\d][\w-]*\s*:(?=\s|$)")
_TEXT_OPENS = re.compile(_NAME.pattern + r"\s*\|\s*")
_COMMENT = re.compile(r"\s+#[^'\"]*$")


@dataclass(frozen=True)
class Answers:
    """What the student wrote, by question as the student spelt it.

    ``twice`` holds, by question, what has two answers there: its name, and the line of the second.
    """

    given: dict[str, Node]
    twice: dict[str, tuple[str, int]] = field(default_factory=dict)

    def get(self, question: str) -> Answer:
        """Return the answer to a question, None where there is none."""
        return next((node for key, node in self.given.items() if same_key(key) == question), None)


def read_answers(text: str, filename: str) -> Answers:
    """Read the text of an answer file. Raises Unreadable, and nothing else."""
    try:
        document = plain_yaml.load(text, filename)
        if isinstance(document.root, dict):
            return _answers(document.root, document.again)
    except Unreadable as error:
        if error.id != "read.yaml":
            raise
        broken = error
    else:
        if not document.root and not isinstance(document.root, list):
            return Answers({})
        broken = Unreadable("read.yaml_not_mapping", file=filename)
    mended = _mended(text)
    if mended is not None:
        try:
            document = plain_yaml.load(mended, filename)
        except Unreadable:
            raise broken from None
        if isinstance(document.root, dict):
            return _answers(document.root, document.again)
    raise broken


def _answers(given: dict[str, Node], again: Iterable[Again]) -> Answers:
    """Return answers; of two to one question that which is not blank, unless they differ."""
    twice: dict[str, tuple[str, int]] = {}
    for other in again:
        earlier = other.mapping[other.first]
        if is_blank(earlier):
            other.mapping[other.first] = other.node
        elif not is_blank(other.node) and other.node != earlier:
            twice.setdefault(other.root, (quoted(other.key), other.line))
    return Answers(given, twice)


def unknown_questions(
    answers: Answers, questions: Iterable[Question]
) -> list[tuple[str, str | None]]:
    """Return the names in the file that are no question of the exercise, as the student wrote.

    Beside each stands the question without an answer that may be meant, or None.
    """
    known = [question.id for question in questions]
    open_ = [name for name in known if is_blank(answers.get(name))]
    found: list[tuple[str, str | None]] = []
    for key in answers.given:
        if same_key(key) not in known:
            near = difflib.get_close_matches(same_key(key)[:_KEY_LIMIT], open_, n=1)
            found.append((quoted(key), near[0] if near else None))
    return found


def is_blank(answer: Answer) -> bool:
    """Tell whether nothing was answered: an empty text, or a list of only such.

    A mapping without values is not blank: ``for i in x:`` is one to YAML, and an answer.
    """
    if isinstance(answer, list):
        return all(map(is_blank, answer))
    return not (answer.strip() if isinstance(answer, str) else answer)


def text_of(answer: Answer) -> str:
    """Return an answer of any form as one text, as a message quotes it."""
    if isinstance(answer, dict):
        return ", ".join(f"{key}: {text_of(value)}".strip() for key, value in answer.items())
    if isinstance(answer, list):
        return ", ".join(map(text_of, answer))
    return answer or ""


def _mended(text: str) -> str | None:
    """Quote what YAML stumbles over in entries of one line, None if there is nothing to mend.

    A line of Python that was pasted as an answer (``head: for i in x:``), or a missing space
    (``mean:1.284``), leaves no doubt about what is meant; nor does a text that begins at the margin
    below ``name: |``.
    """
    lines = text.split("\n")
    if len(lines) > _MENDED_LINES_LIMIT:
        return None
    mended = [_mended_line(line) for line in _indented(lines)]
    return "\n".join(mended) if mended != lines else None


def _indented(lines: Iterable[str]) -> Iterator[str]:
    """Indent what stands at the margin below ``name: |``, up to the next name."""
    in_text = False
    for line in lines:
        if line[:1].strip() and _NAME.match(line):
            in_text = _TEXT_OPENS.fullmatch(line) is not None
        at_margin = line[:1].strip("# \t") and not _NAME.match(line)
        yield f"  {line}" if in_text and at_margin else line


def _mended_line(line: str) -> str:
    entry = _ENTRY.fullmatch(line)
    if entry is None or len(line) > _MENDED_LINE_LIMIT or _is_entry(line.strip()):
        return line
    value = _COMMENT.sub("", entry[2])
    if value[:1] in _CLOSING and _CLOSING[value[0]] not in value[1:]:
        return line  # left open: where it should end is not ours to guess
    return "{} '{}'".format(entry[1], value.replace("'", "''"))


def _is_entry(line: str) -> bool:
    try:
        return isinstance(plain_yaml.load(line, "").root, dict | list)
    except Unreadable:
        return False
