"""The presentation of a cause: sentence, place, the call in which it shows, other checks."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from grader.course.languages import Translator
from grader.report.causes import NOTE, explanation, of_own_work
from grader.report.clean import clean
from grader.report.entries import (
    Call,
    Drawn,
    Entry,
    Listing,
    Paragraph,
    Part,
    Printed,
    Quoted,
    Rank,
)
from grader.report.models import LoadResult
from grader.report.wording import TITLE_LENGTH, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grader.report.models import Cause, CheckResult, Message, Report, ShownCall, ShownPicture
    from grader.report.wording import Voice

# Lines of printed output beside a cause.
PRINTED_LINES = 5
ON_A_LINE = 48  # characters of a title
_NAMED = {"misconception", "observation"}  # whose first sentence is sufficient


def cause_entries(report: Report, causes: Sequence[Cause], say: Voice) -> tuple[Entry, ...]:
    """Return an entry for each cause, the first one in full."""
    return tuple(_entry(cause, report, say, first=not n) for n, cause in enumerate(causes))


def remainders(report: Report, causes: Sequence[Cause], say: Voice) -> tuple[Entry, ...]:
    """Return, for the last one, two … causes, the entry that replaces them."""
    known = {check.id: check for check in report.checks}
    result = []
    for left_out in range(1, len(causes)):
        later = [known[id_] for cause in causes[-left_out:] for id_ in cause.checks]
        status = later[0].status if later else "other"
        text = say.listed("view.other_causes", later)
        result.append(Entry(status, say(f"status.{status}"), parts=(Listing(text, Rank.OTHER),)))
    return tuple(result)


def shown_call(call: ShownCall, say: Voice, rank: Rank) -> Call:
    """Return a call as lines that can be pasted, and its results."""
    given = [f"{argument.name} = {argument.code}" for argument in call.arguments]
    found = (("entry", call.entry), ("got", call.got), ("expected", call.expected))
    return Call(
        tuple(_on_lines([*given, *call.program])),
        tuple((say(f"view.{label}"), clean(value)) for label, value in found if value),
        rank,
    )


def free_text(check: CheckResult, say: Voice, rank: Rank = Rank.FIRST) -> Iterator[Part]:
    """Yield the key points by which a free text is marked, and the text, for the teacher.

    A point is identified by its number.
    """
    for number, point in enumerate(check.key_points, 1):
        text = clean(point.text or point.id)
        yield Paragraph(f"{number}. {text} ({say.points(point.points)})", rank)
    if check.answer is not None:
        yield Quoted(say("view.answer"), tuple(_on_lines([check.answer])), rank)


def drawn(picture: ShownPicture, say: Voice, rank: Rank) -> Drawn:
    """Return a picture as text."""
    t = Translator(say.lang)
    caption, drawing = clean(picture.caption.text), picture.drawing
    return Drawn(caption, lambda width: drawing.lines(t, width), drawing, rank)


def printed_lines(check: CheckResult, say: Voice) -> tuple[str, ...]:
    """Return the first and the last lines of the output during a check."""
    printed = check.printed
    if printed is None:
        return ()
    lines = _lines(say.printed(printed.first)) if printed.first else []
    if printed.dropped:
        lines.append(f"… ({say('output.left_out', bytes=printed.dropped)})")
    if printed.last:
        lines += _lines(say.printed(printed.last))
    return tuple(lines)


def _on_lines(texts: Iterable[str]) -> list[str]:
    return [line for text in texts for line in _lines(clean(text))]


def _lines(text: str) -> list[str]:
    return text.rstrip("\n").expandtabs(4).split("\n")


def _entry(cause: Cause, report: Report, say: Voice, *, first: bool) -> Entry:
    known = {check.id: check for check in report.checks}
    checks = [known[id_] for id_ in cause.checks]
    lead = Rank.FIRST if first else Rank.OTHER
    if cause.kind == "load":
        load = report.load or LoadResult(status="other")
        status = load.status
        messages = [message for message in load.feedback if not message.id.startswith(NOTE)]
        parts = [*_sentences(messages, lead), *_same(cause, checks, say, lead)]
    else:
        teller = known[cause.told_at or cause.checks[0]]
        status = teller.status
        parts = [
            *_shown_at(cause, teller, say, first=first),
            *free_text(teller, say, lead),
            *_same(cause, checks, say, lead),
            *(_picture((teller, *checks), say) if first else ()),
            *(_prints(teller, say) if first else ()),
        ]
    return Entry(status, say(f"status.{status}"), parts=tuple(parts))


def _shown_at(cause: Cause, check: CheckResult, say: Voice, *, first: bool) -> Iterator[Part]:
    """Yield a check's part of a cause: sentences, place, the check itself, its call."""
    lead, place, call = (
        (Rank.FIRST, Rank.PLACE, Rank.CALL) if first else (Rank.OTHER, Rank.LATER, Rank.LATER)
    )
    main, rest = _divided(cause, check.feedback)
    if check.call is not None:  # which names the entry itself
        main = [message for message in main if message.id != "compare.entry"]
    yield from _sentences(main, lead)
    for text in _place(rest, say):
        yield Paragraph(text, place)
    title = say.title(check, ON_A_LINE if say.noun == "checks" else TITLE_LENGTH)
    at = say(f"view.at_{say.noun}", check=title, points=say.score(check))
    if check.call is None:
        yield Paragraph(f"{at}.", lead)
    else:
        yield Paragraph(say.headed(at), lead, alone=f"{at}.")
        yield shown_call(check.call, say, call)


def _divided(cause: Cause, feedback: Sequence[Message]) -> tuple[list[Message], list[Message]]:
    """Return the messages about a cause, and those that only give its place.

    Own work is reported when the check passes: mistakes are to be fixed first.
    """
    said = [m for m in feedback if cause.kind == "other" or not of_own_work(m)]
    return (said[:1], said[1:]) if cause.kind in _NAMED else (said, [])


def _sentences(messages: Sequence[Message], rank: Rank) -> Iterator[Part]:
    """Yield the first sentence, and the others as parts that may be left out."""
    after = Rank.PLACE if rank is Rank.FIRST else Rank.LATER
    for count, text in enumerate(paragraphs(messages)):
        yield Paragraph(text, after if count else rank)


def _place(messages: Iterable[Message], say: Voice) -> Iterator[str]:
    """Yield the line at which an exception was raised, with its text if it is quoted."""
    messages = list(messages)
    line = next((m.args["line"] for m in messages if "line" in m.args), None)
    if line is None:
        return
    known = {name: value for m in messages for name, value in m.args.items()}
    kind = next((name for name in ("cell", "file") if name in known), "line")
    yield say(f"view.place_{kind}", **{**known, "line": line})
    yield from (clean(m.text) for m in messages if m.id == "where.code")


def _same(cause: Cause, checks: Sequence[CheckResult], say: Voice, rank: Rank) -> Iterator[Listing]:
    """Yield the other checks that the cause explains, may explain, or prevented."""
    others = [check for check in checks if check.id != cause.told_at]
    waiting = [check for check in others if check.status == "not_run"]
    proven = [check for check in others if check not in waiting and _proven(cause, check)]
    possible = [check for check in others if check not in waiting and check not in proven]
    if proven:
        yield Listing(say.listed("view.same", proven, more=True), rank)
    if possible:
        yield Listing(say.listed("view.perhaps", possible, more=True), rank)
    if waiting:
        yield Listing(say.listed("view.held_up", waiting), rank)


def _proven(cause: Cause, check: CheckResult) -> bool:
    why = explanation(check)
    return (why.kind, why.id) == (cause.kind, cause.id)


def _picture(checks: Iterable[CheckResult], say: Voice) -> Iterator[Drawn]:
    """Yield the first picture of these checks; that of the shown call comes first."""
    pictures = (check.picture for check in checks if check.picture is not None)
    yield from (drawn(picture, say, Rank.ASIDE) for picture in islice(pictures, 1))


def _prints(check: CheckResult, say: Voice) -> Iterator[Printed]:
    lines = printed_lines(check, say)
    if lines:
        yield Printed(say("view.printed"), lines[-PRINTED_LINES:])
