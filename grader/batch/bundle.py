"""What was handed in as one piece of bytes: an answer with the modules that lie beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.reading.helper_modules import bundled

if TYPE_CHECKING:
    from grader.batch.models import MatchedFile

_UNREADABLE = b"\0"  # as no module is: the report says so


def bundle(handed: MatchedFile) -> bytes:
    """Return the bytes of an answer and its helpers. Raises Unreadable or OSError.

    A helper that is unreadable does not make the answer so: perhaps nobody needs it.
    """
    beside = {}
    for helper in handed.helpers:
        try:
            beside[helper.name] = helper.read()
        except UnreadableSubmissionError:
            beside[helper.name] = _UNREADABLE
    return bundled(handed.read(), beside)
