"""The parts of a report that a reader sees, in order, independent of the output format."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from grader.report.cause_entries import cause_entries, remainders
from grader.report.causes import causes_of, nothing_but_open
from grader.report.clean import clean
from grader.report.entries import Printed, View
from grader.report.rows import beside_causes, every_check
from grader.report.wording import Voice, number
from grader.wire.levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.report.models import CheckResult, Report

# Last lines of printed output that are shown.
OUTPUT_LINES = 30


def view(report: Report, *, everything: bool = False) -> View:
    """Return the visible parts of a localised report: causes, or ``everything`` check by check."""
    say = Voice(report)
    # Reports made before causes were stored are grouped now.
    causes = [] if everything else report.causes or causes_of(report)
    teller = causes[0].told_at if causes else None
    shown = [check for check in report.checks if everything or check.id == teller]
    return View(
        title=clean(" · ".join(filter(None, (report.exercise.id, report.exercise.title)))),
        headline="" if report.headline is None else clean(report.headline.text),
        tone=_tone(report),
        causes=cause_entries(report, causes, say),
        remainders=remainders(report, causes, say),
        rows=tuple(every_check(report, say) if everything else beside_causes(report, say)),
        printed=_output(report, shown, say),
        notes=(*_device(report, say), *_notes(report, say), *_on_trust(report, say)),
        points=points_line(report, say),
        way="" if report.next is None else clean(report.next.text),
        # Questions are independent: the sentence of each wrong one is shown.
        limited=bool(causes) and report.exercise.kind == "code",
    )


def _tone(report: Report) -> str:
    if report.passed:
        return "good"
    if nothing_but_open(report) and report.reached == 0:
        return "open"
    if report.status in {"graded", "unreadable"} and report.reached == 0:
        return "bad"
    return "mixed"


def _output(report: Report, shown: Iterable[CheckResult], say: Voice) -> Printed | None:
    """Return the last lines that were printed, and how much preceded them.

    ``told``: the checks that show their own output.
    """
    if any(check.printed is not None for check in shown):
        return None  # it is shown there
    text = say.printed(report.output.text).rstrip("\n")
    if not text.strip():
        return None
    lines = text.expandtabs(4).split("\n")
    left_out = "\n".join([*lines[:-OUTPUT_LINES], ""]) if len(lines) > OUTPUT_LINES else ""
    dropped = report.output.dropped + len(left_out.encode())
    announced = (f"… ({say('output.dropped', bytes=dropped)})",) if dropped else ()
    return Printed(say("view.output"), (*announced, *lines[-OUTPUT_LINES:]))


def _device(report: Report, say: Voice) -> Iterator[str]:
    """Name the device on which an answer was computed, unless it was the CPU."""
    if report.device == "sim":
        yield say("view.simulated")
    elif report.device == "cuda" and report.run.card is not None:
        card, peak = clean(report.run.card), report.run.card_bytes
        if peak is None:
            yield say("view.card", card=card)
        else:
            yield say("view.card_memory", card=card, megabytes=math.ceil(peak / 2**20))


def _notes(report: Report, say: Voice) -> Iterator[str]:
    isolation = report.isolation
    if isolation is not None and not Level(isolation.level).is_shut_off:
        note = say("view.isolation", level=isolation.level, name=isolation.name)
        if isolation.missing:
            missing = ", ".join(isolation.missing)
            note = f"{note} {say('view.isolation_missing', missing=missing)}"
        yield clean(note)


def _on_trust(report: Report, say: Voice) -> Iterator[str]:
    """Name, for a teacher, the points that rest on the submission's own process."""
    trusted = [check for check in report.checks if check.on_trust and check.reached]
    if trusted and report.audience == "teacher":
        names = ", ".join(clean(check.title or check.id) for check in trusted)
        points = number(sum((check.reached for check in trusted), Decimal(0)))
        yield say("view.on_trust", points=points, checks=names)


def points_line(report: Report, say: Voice | None = None) -> str:
    """Return the points of a report, and their maximum."""
    say = say or Voice(report)
    if report.status in {"ungraded", "unreadable"}:
        return ""  # an ungraded submission shows no points
    reached, maximum = number(report.reached), number(report.maximum)
    if report.reachable == report.maximum:
        line = say("view.points", reached=reached, maximum=maximum)
    else:
        reachable = number(report.reachable)
        line = say("view.points_reachable", reached=reached, reachable=reachable, maximum=maximum)
    if report.waiting:
        line = f"{line} ({say('view.waiting', waiting=number(report.waiting))})"
    return line
