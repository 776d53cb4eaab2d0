"""A submission as one piece of bytes: an answer with the modules beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.reading.helper_modules import bundled

if TYPE_CHECKING:
    from grader.batch.models import MatchedFile

_UNREADABLE = b"\0"  # not a valid module, so that the report lists it


def bundle(handed: MatchedFile) -> bytes:
    """Return the bytes of an answer and its helpers.

    An unreadable helper does not make the answer unreadable: it may be unused.

    Raises:
        UnreadableSubmissionError, OSError: the answer cannot be read.

    """
    beside = {}
    for helper in handed.helpers:
        try:
            beside[helper.name] = helper.read()
        except UnreadableSubmissionError:
            beside[helper.name] = _UNREADABLE
    return bundled(handed.read(), beside)
