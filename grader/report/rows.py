"""The rows of a report: one for each check, or one for all that passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.report.cause_entries import drawn, free_text, printed_lines, shown_call
from grader.report.causes import NOTE
from grader.report.clean import clean
from grader.report.entries import Entry, Listing, Paragraph, Part, Printed, Rank
from grader.report.wording import number, paragraphs, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.report.models import CheckResult, LoadResult, Message, Report
    from grader.report.wording import Voice


def every_check(report: Report, say: Voice) -> Iterator[Entry]:
    """Yield the load phase, if it has a message, and every check."""
    said: dict[str, str] = {}
    load = report.load
    if load is not None and load.feedback:
        yield _load_entry(load, say)
        # A file that does not load is explained once, not at each check.
        said.update(
            (clean(message.text), say("view.load"))
            for check in report.checks
            for message in check.feedback
            if message.id == "not_run.load"
        )
    for check in report.checks:
        yield _check_entry(check, say, said)
    yield from hidden_entry(report, say)


def beside_causes(report: Report, say: Voice) -> Iterator[Entry]:
    """Yield the entries beside the causes: passed checks, those for another device, hidden ones."""
    passed = [check for check in report.checks if check.status == "passed"]
    if passed:
        remarks = [message for check in passed for message in check.remarks]
        word, text = say("status.passed"), say.listed("view.listed", passed)
        yield Entry("passed", word, parts=(Listing(text, most=1), *_remarks(remarks, say)))
    elsewhere = [check for check in report.checks if check.reason == "device"]
    if elsewhere:
        listed = Listing(say.listed("view.listed", elsewhere), most=1)
        told = (Paragraph(text, Rank.ASIDE) for text in paragraphs(elsewhere[0].feedback))
        yield Entry("not_run", say("status.not_run"), parts=(listed, *told))
    yield from hidden_entry(report, say)
    load = report.load
    notes = [] if load is None else load.feedback
    if load is not None and load.status != "passed":
        notes = [message for message in notes if message.id.startswith(NOTE)]
    if notes:
        parts = tuple(Paragraph(text, Rank.ASIDE) for text in paragraphs(notes))
        yield Entry("note", say("view.note"), say("view.load"), parts=parts)


def hidden_entry(report: Report, say: Voice) -> Iterator[Entry]:
    """Yield the points of checks that are not displayed, with advice if only these fail."""
    hidden = report.hidden
    if hidden is None:
        return
    summary = say(
        "hidden.summary",
        n=hidden.checks,
        reached=number(hidden.reached),
        maximum=number(hidden.maximum),
    )
    right = all(c.status == "passed" or c.reason == "device" for c in report.checks)
    alone = bool(report.checks) and right and hidden.reached < hidden.maximum
    parts = (Paragraph(say("hidden.advice")),) if alone else ()
    yield Entry("hidden", say("view.hidden"), summary, parts=parts)


def _load_entry(load: LoadResult, say: Voice) -> Entry:
    # A file that loads with complaints does not get the word of a pass.
    passed = load.status == "passed"
    return Entry(
        "note" if passed else load.status,
        say("view.note") if passed else say(f"status.{load.status}"),
        say("view.load"),
        parts=tuple(map(Paragraph, paragraphs(load.feedback))),
    )


def _check_entry(check: CheckResult, say: Voice, said: dict[str, str]) -> Entry:
    name = shortened(check.title or check.id)
    texts = paragraphs(check.feedback)
    if check.status == "not_run":
        texts = [text for text in texts if text not in said]
    parts: list[Part] = [Paragraph(text) for text in _once(texts, said, name, say)]
    parts += free_text(check, say)
    parts += _remarks(check.remarks, say)
    if check.call is not None:
        parts.append(shown_call(check.call, say, Rank.FIRST))
    if check.picture is not None:
        parts.append(drawn(check.picture, say, Rank.FIRST))
    lines = printed_lines(check, say)
    if lines:
        parts.append(Printed(say("view.printed"), lines))
    return Entry(
        check.status,
        say(f"status.{check.status}"),
        say.title(check),
        say.score(check),
        tuple(parts),
    )


def _remarks(remarks: list[Message], say: Voice) -> Iterator[Paragraph]:
    for text in dict.fromkeys(paragraphs(remarks)):
        yield Paragraph(f"{say('view.remark')} {text}", Rank.ASIDE)


def _once(texts: list[str], said: dict[str, str], name: str, say: Voice) -> list[str]:
    """Refer to the check with the same message: one mistake often fails several checks."""
    texts_once = [say("view.as_for", check=said[text]) if text in said else text for text in texts]
    for text in texts:
        said.setdefault(text, name)
    return list(dict.fromkeys(texts_once))
