"""Names of the statuses of checks and submissions for the middle of a sentence."""

from __future__ import annotations

from grader.course.languages import msgid
from grader.course.phrases import Phrase

STATUSES = {
    "passed": msgid("passed"),
    "failed": msgid("failed"),
    "error": msgid("error"),
    "crash": msgid("crash"),
    "timeout": msgid("timeout"),
    "memory": msgid("memory"),
    "not_run": msgid("not run"),
    "needs_review": msgid("needs review"),
    "unanswered": msgid("not answered yet"),
    "graded": msgid("graded"),
    "incomplete": msgid("incomplete"),
    "unreadable": msgid("unreadable"),
    "ungraded": msgid("not graded"),
}


def status_in_words(status: str) -> Phrase | str:
    """Return a status as a phrase; an unknown one of a later version unchanged."""
    return Phrase(STATUSES[status]) if status in STATUSES else status
