"""What a reader sees of a report, in words and in order, whatever it is printed with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from grader.report.clean import clean
from grader.report.messages import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.report.models import CheckResult, LoadResult, Message, Report, Scalar

OUTPUT_LINES = 30
TITLE_LENGTH = 160
_OF_THE_LINE_ABOVE = {"where.cell", "where.file"}  # said of a line, they mean nothing on their own
FULLY_SHUT_OFF = 2  # from this level on nothing of the machine is open to a submission


@dataclass(frozen=True)
class Row:
    """One check: status as an id and as a word, title, points, and what is said about it."""

    status: str
    word: str
    title: str
    points: str = ""
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class View:
    """Everything that is shown of a report. Paragraphs are Markdown, everything else is text."""

    title: str
    headline: str
    tone: str
    rows: tuple[Row, ...]
    output_title: str = ""
    output: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    points: str = ""


def view(report: Report) -> View:
    """Return what is shown of a localised report."""
    say = _Voice(report.lang)
    return View(
        title=clean(" · ".join(filter(None, (report.exercise.id, report.exercise.title)))),
        headline="" if report.headline is None else clean(report.headline.text),
        tone=_tone(report),
        rows=tuple(_rows(report, say)),
        output_title=say("view.output") if report.output.text.strip() else "",
        output=_output(report, say),
        notes=(*_notes(report, say), *_on_trust(report, say)),
        points=_points(report, say),
    )


def number(points: Decimal) -> str:
    """Return points as people write them: exact, without zeros at the end."""
    return format(points.normalize() + 0, "f")


class _Voice:
    """Speaks the catalogue's sentences in the language of a report."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, id_: str, **args: Scalar) -> str:
        return sentence(id_, args, self.lang) or ""


def _tone(report: Report) -> str:
    if report.passed:
        return "good"
    if report.status in {"graded", "unreadable"} and report.reached == 0:
        return "bad"
    return "mixed"


def _rows(report: Report, say: _Voice) -> Iterator[Row]:
    said: dict[str, str] = {}
    load = report.load
    if load is not None and load.feedback:
        yield _load_row(load, say)
        # Why the file does not load is said once, not once a check.
        said.update(
            (clean(message.text), say("view.load"))
            for check in report.checks
            for message in check.feedback
            if message.id == "not_run.load"
        )
    for check in report.checks:
        yield _check_row(check, say, said)
    if report.hidden is not None:
        summary = say(
            "hidden.summary",
            n=report.hidden.checks,
            reached=number(report.hidden.reached),
            maximum=number(report.hidden.maximum),
        )
        yield Row("hidden", say("view.hidden"), summary)


def _load_row(load: LoadResult, say: _Voice) -> Row:
    # A file that loads and is complained about has not earned the word of a pass.
    passed = load.status == "passed"
    return Row(
        "note" if passed else load.status,
        say("view.note") if passed else say(f"status.{load.status}"),
        say("view.load"),
        paragraphs=tuple(_paragraphs(load.feedback)),
    )


def _check_row(check: CheckResult, say: _Voice, said: dict[str, str]) -> Row:
    title = name = _shortened(check.title or check.id)
    if check.visibility != "shown":
        title = f"{title} ({say('view.hidden')})"
    told = _paragraphs(check.feedback)
    if check.status == "not_run":
        told = [text for text in told if text not in said]
    feedback = _once(told, said, name, say)
    remarks = (f"{say('view.remark')} {text}" for text in _paragraphs(check.remarks))
    return Row(
        check.status,
        say(f"status.{check.status}"),
        title,
        f"{number(check.reached)}/{number(check.maximum)}",
        (*feedback, *remarks),
    )


def _once(texts: list[str], said: dict[str, str], name: str, say: _Voice) -> list[str]:
    """Refer back to the check where it was said: one mistake often fails several checks."""
    told = [say("view.as_for", check=said[text]) if text in said else text for text in texts]
    for text in texts:
        said.setdefault(text, name)
    return list(dict.fromkeys(told))


def _paragraphs(messages: list[Message]) -> list[str]:
    told: list[str] = []
    for message in messages:
        text = clean(message.text)
        if told and message.id in _OF_THE_LINE_ABOVE:
            told[-1] = f"{told[-1]} {text}"
        elif text.strip():
            told.append(text)
    return told


def _shortened(title: str) -> str:
    """Return a title on one line; a question may be a page long."""
    line = " ".join(clean(title).split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rstrip() + "…"


def _output(report: Report, say: _Voice) -> tuple[str, ...]:
    """Return the last lines that the submission printed, and how much came before them."""
    text = clean(report.output.text).rstrip("\n")
    if not text.strip():
        return ()
    lines = text.expandtabs(4).split("\n")
    left_out = "\n".join([*lines[:-OUTPUT_LINES], ""]) if len(lines) > OUTPUT_LINES else ""
    dropped = report.output.dropped + len(left_out.encode())
    announced = (f"… ({say('output.dropped', bytes=dropped)})",) if dropped else ()
    return (*announced, *lines[-OUTPUT_LINES:])


def _notes(report: Report, say: _Voice) -> Iterator[str]:
    isolation = report.isolation
    if isolation is not None and isolation.level < FULLY_SHUT_OFF:
        note = say("view.isolation", level=isolation.level, name=isolation.name)
        if isolation.missing:
            missing = ", ".join(isolation.missing)
            note = f"{note} {say('view.isolation_missing', missing=missing)}"
        yield clean(note)


def _on_trust(report: Report, say: _Voice) -> Iterator[str]:
    """Tell a teacher which points rest on what the submission's own process says."""
    trusted = [check for check in report.checks if check.on_trust and check.reached]
    if trusted and report.audience == "teacher":
        names = ", ".join(clean(check.title or check.id) for check in trusted)
        points = number(sum((check.reached for check in trusted), Decimal(0)))
        yield say("view.on_trust", points=points, checks=names)


def _points(report: Report, say: _Voice) -> str:
    if report.status in {"ungraded", "unreadable"}:
        return ""  # no zero is shown for what was not graded
    reached, maximum = number(report.reached), number(report.maximum)
    if report.reachable == report.maximum:
        told = say("view.points", reached=reached, maximum=maximum)
    else:
        reachable = number(report.reachable)
        told = say("view.points_reachable", reached=reached, reachable=reachable, maximum=maximum)
    if report.waiting:
        told = f"{told} ({say('view.waiting', waiting=number(report.waiting))})"
    return told
