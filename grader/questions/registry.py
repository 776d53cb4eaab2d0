"""The kinds of questions, by name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, assert_never

if TYPE_CHECKING:
    from grader.questions.kind import Kind, QuestionKind


@cache
def kind_of(name: QuestionKind) -> Kind:
    """Return the kind of that name; its module is imported at the first use."""
    # ruff: noqa: PLC0415
    match name:
        case "single":
            from grader.questions.single import Single

            return Single(name)
        case "multiple":
            from grader.questions.multiple import Multiple

            return Multiple(name)
        case "matching":
            from grader.questions.matching import Matching

            return Matching(name)
        case "ordering":
            from grader.questions.ordering import Ordering

            return Ordering(name)
        case "numeric":
            from grader.questions.numeric import Numeric

            return Numeric(name)
        case "lines":
            from grader.questions.lines import Lines

            return Lines(name)
        case "cloze":
            from grader.questions.cloze import Cloze

            return Cloze(name)
        case "short_text":
            from grader.questions.short_text import ShortText

            return ShortText(name)
        case "free_text":
            from grader.questions.free_text import FreeText

            return FreeText(name)
    assert_never(name)
