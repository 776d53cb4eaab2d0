"""Scores sent one after the other: what is refused is listed, what is early is tried again."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from grader.course.phrases import phrase
from grader.lti.errors import ScoreRefusedError
from grader.lti.scores import NotSent, Score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from grader.lti.journal import Journal

APART = 1.1
"""Seconds between two scores of one student in one item: Moodle refuses a second one within one."""
CONFLICT, BUSY = 409, {429, 502, 503, 504}
TRIES = 4


class Sender(Protocol):
    """What sends a score, and returns its timestamp."""

    def send(self, item: str, user: str, score: Score) -> str:
        """Send a score."""


@dataclass
class Pushed:
    """What came of it: scores that were sent, that were there already, and that were not sent."""

    sent: list[Score] = field(default_factory=list)
    kept: list[Score] = field(default_factory=list)
    not_sent: list[NotSent] = field(default_factory=list)
    refused: list[NotSent] = field(default_factory=list)


@dataclass(frozen=True)
class Addressed:
    """A score with the line item and the user that it is for."""

    item: str
    user: str
    score: Score


def addressed(
    scores: Iterable[Score | NotSent],
    items: Mapping[str, str],
    users: Mapping[str, str | None] | None,
    pushed: Pushed,
) -> list[Addressed]:
    """Return the scores with where they go; ``users`` is None if the class uses the user ids.

    What has no place to go is noted as not sent.
    """
    found: list[Addressed] = []
    for one in scores:
        if isinstance(one, NotSent):
            pushed.not_sent.append(one)
            continue
        item = items.get(one.exercise)
        user = one.student if users is None else users.get(one.student.strip().casefold())
        if item is None:
            why = phrase(
                "the configuration has no line item for {{exercise}}", exercise=one.exercise
            )
        elif user is None and users is not None and one.student.strip().casefold() in users:
            why = phrase("two members of the course are called so")
        elif user is None:
            why = phrase("no member of the course is called so")
        else:
            found.append(Addressed(item, user, one))
            continue
        pushed.not_sent.append(NotSent(one.student, one.exercise, why))
    return found


def push(
    scores: Iterable[Addressed],
    sender: Sender,
    journal: Journal,
    pushed: Pushed,
    pause: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Send what the journal does not hold; those that come too early are tried again at the end.

    ``pushed`` holds what was sent also where an error ends it.

    Raises:
        PlatformError: the platform refuses everything, or does not answer.
        ConfigurationError: the journal cannot be written.

    """
    waiting = []
    for one in scores:
        if journal.holds(one.item, one.user, one.score):
            pushed.kept.append(one.score)
        else:
            waiting.append(one)
    sending = _Sending(sender, journal, pushed, pause, clock)
    for tries in range(TRIES):
        early = [(one, error) for one in waiting if (error := sending.send(one)) is not None]
        if early and tries == TRIES - 1:
            pushed.refused += [_refused(one, error) for one, error in early]
        elif early:
            pause(max([APART, *(error.wait or 0.0 for _, error in early)]))
        waiting = [one for one, _ in early]


@dataclass
class _Sending:
    """Sends scores, those of one student in one item never within a second."""

    sender: Sender
    journal: Journal
    pushed: Pushed
    pause: Callable[[float], None]
    clock: Callable[[], float]
    last: dict[tuple[str, str], float] = field(default_factory=dict)

    def send(self, one: Addressed) -> ScoreRefusedError | None:
        """Send a score; return the refusal if it may be taken later."""
        place = one.item, one.user
        if place in self.last:
            self.pause(max(0.0, self.last[place] + APART - self.clock()))
        try:
            at = self.sender.send(one.item, one.user, one.score)
        except ScoreRefusedError as error:
            if error.status == CONFLICT or error.status in BUSY:
                return error
            self.pushed.refused.append(_refused(one, error))
        else:
            self.journal.note(one.item, one.user, one.score, at)
            self.pushed.sent.append(one.score)
        finally:
            self.last[place] = self.clock()
        return None


def _refused(one: Addressed, error: ScoreRefusedError) -> NotSent:
    why = phrase(
        "the platform refuses it ({{status}}): {{words}}",
        status=error.status,
        words=error.words or "-",
    )
    return NotSent(one.score.student, one.score.exercise, why)
