"""Questions that an answer file asks in other words than the course does now.

The comments of a starter file hold each question. Where they differ from the course's in each of
its languages, the file is of another version of the exercise, and its answer may answer something
else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.course.plain_text import markdown_to_text
from grader.course.questions import shown_questions
from grader.questions.plain_yaml import same_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.loading import LoadedExercise
    from grader.course.questions import ShownQuestion

_HEAD = re.compile(r"\s*# \d+\. \S")  # the first line of a question in a starter file
_NAME = re.compile(r"[\"']?([^\W\d][\w-]*)[\"']?\s*:(?:\s|$)")
_WIDE = 10_000  # columns, so that no line is broken


def changed_questions(text: str, loaded: LoadedExercise) -> list[str]:
    """Return the questions that the text of an answer file asks in other words, by id.

    One without its comments is not among them: they may have been deleted.
    """
    said = _comments(text)
    versions = [shown_questions(loaded, lang) for lang in loaded.course.index.languages]
    return [
        same[0].id
        for same in zip(*versions, strict=True)
        if same[0].id in said
        and not any(_is_said(question, said[question.id]) for question in same)
    ]


def _comments(text: str) -> dict[str, str]:
    """Return the comments around each answer on one line, where they begin as questions do."""
    found: dict[str, str] = {}
    above: list[str] = []
    inside = ""
    for line in text.split("\n"):
        name = _NAME.match(line)
        if name is not None:
            inside = same_key(name[1])
            if any(map(_HEAD.match, above)):
                found[inside] = _joined(above)
            above = []
        elif line.startswith("#"):
            above.append(line)
        elif line.lstrip().startswith("#") and inside in found:
            found[inside] += f" {_joined([line])}"
    return found


def _joined(lines: list[str]) -> str:
    return " ".join(" ".join(line.strip().removeprefix("#") for line in lines).split())


def _is_said(question: ShownQuestion, comments: str) -> bool:
    """Return whether all that a question says is in a text, in whatever order."""
    return all(text in comments for text in _texts(question))


def _texts(question: ShownQuestion) -> Iterator[str]:
    yield _plain(question.text)
    yield from (_plain(f"{id_}: {text}") for id_, text in question.choices)
    yield from (_plain(text) for _, text in (*question.items, *question.gaps))


def _plain(markdown: str) -> str:
    return " ".join(markdown_to_text(markdown, _WIDE).split())
