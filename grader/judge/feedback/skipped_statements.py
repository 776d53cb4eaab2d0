"""Findings about statements that were left out, and about a file that could not be loaded."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from grader.judge.failures import Finding
from grader.judge.feedback.exceptions import (
    closer_sentence,
    kind_of,
    of_exception,
    placed,
    without_place,
)
from grader.judge.feedback.explained.known import bound_below
from grader.judge.feedback.newer_python import Newer, needed_python
from grader.judge.feedback.source_quotes import quoted
from grader.judge.processes.load_notes import EVERYTHING, UNREAD, lost_names

if TYPE_CHECKING:
    from grader.course.models import CodeExercise
    from grader.judge.processes.load_notes import LoadNote
    from grader.judge.processes.outcomes import Raised
    from grader.judge.reading.submission import Submission

LISTED = 3
"""Left-out statements that are listed one by one."""
NOTED = {"import", "exit", "input", "raised", "refused"}
OF_LOADING = {"memory", "late", "notebook", "order"}


def of_notes(
    notes: Sequence[LoadNote],
    count: int,
    missing: Collection[str],
    exercise: CodeExercise,
    submission: Submission,
) -> Iterator[Finding]:
    """Yield the findings about left-out statements, those that cost a function first.

    An intended exception that costs no function is not reported. ``count``: how many there were,
    with or without a note. ``missing``: missing asked functions.
    """
    lost = lost_names(notes)
    at_fault = [lost.get(name) or lost.get(EVERYTHING) for name in missing]
    told: list[tuple[Finding, ...]] = []
    for note in sorted(notes, key=lambda note: set(missing).isdisjoint(note.names)):
        if note not in at_fault and _is_meant(note, submission):
            continue
        finding = _told(note, exercise, submission)
        heads = [findings[0] for findings in told]
        if finding not in heads[-1:] and not _is_told(finding, heads):  # two names of one import
            closer = _closer(note.raised, submission) if note in at_fault else ()
            told.append((finding, *closer))
    for findings in told[:LISTED]:
        yield from findings
    more = max(0, len(told) - LISTED) + max(0, count - len(notes))
    if more:
        yield Finding("note.more", {"n": more})


def _is_meant(note: LoadNote, submission: Submission) -> bool:
    """Return True if a statement is in a cell that is tagged as raising an exception."""
    return note.file is None and submission.where(note.first).cell in submission.raising


def _is_told(finding: Finding, findings: Sequence[Finding]) -> bool:
    """Return True if a missing library has been reported already: it may be imported repeatedly."""
    module = finding.args.get("module")
    return finding.id == "note.import" and any(one.args.get("module") == module for one in findings)


def of_failure(raised: Raised, submission: Submission) -> tuple[Finding, ...]:
    """Return the findings about a file that could not be loaded at all."""
    if raised.why in UNREAD and raised.file is None:
        newer = _newer(raised, submission)
        if newer is not None:
            args = {"needed": newer.version, "python": newer.here}
            return placed(
                "load.newer", args, replace(raised, line=newer.line, column=None), submission
            )
    return of_exception("load", raised, submission)


def _newer(raised: Raised, submission: Submission) -> Newer | None:
    """Return the Python version that parses the file in which this one finds an error."""
    file = raised.file
    return needed_python(submission.source if file is None else submission.helpers.get(file, ""))


def _told(note: LoadNote, exercise: CodeExercise, submission: Submission) -> Finding:
    """Return the finding about a left-out statement."""
    raised = note.raised
    kind = _kind_of_note(raised)
    args: dict[str, Any] = {}
    match kind:
        case "import":
            args["module"] = raised.module or "?"
            cell = _written_in(raised.module, submission)
            kind, args = ("import", args) if cell is None else ("written", {**args, "cell": cell})
        case "memory":
            args["megabytes"] = exercise.limits.memory_mb
        case "order":
            args["name"] = raised.module or "?"
            args |= _made(raised, submission)
        case "late":
            args["seconds"] = exercise.limits.load_seconds
        case "notebook":
            args["detail"] = without_place(raised.detail or "", submission)
        case "syntax" | "indentation":
            newer = _newer(raised, submission)
            kind = "syntax" if newer is None else "newer"
            if newer is None:
                args["detail"] = without_place(raised.detail or "", submission)
            else:
                args |= {"needed": newer.version, "python": newer.here}
        case "raised" | "refused":
            args |= {"type": raised.type, "detail": raised.detail}
            kind = kind if raised.detail is not None else "raised_unprintable"
    file, line = (raised.file, raised.line) if raised.line is not None else (note.file, note.first)
    if file is not None:
        return Finding(f"note.{kind}", {**args, "file": file, "line": line})
    position = submission.where(line)
    where = {"line": position.line} | ({} if position.cell is None else {"cell": position.cell})
    return Finding(f"note.{kind}", args | where)


def _made(raised: Raised, submission: Submission) -> dict[str, Any]:
    """Return the cell or line that binds a name which an earlier statement needs."""
    if raised.file is not None or raised.line is None:
        return {}
    line = bound_below(raised.module or "", raised.line, submission)
    if line is None:
        return {}
    needed, made = submission.where(raised.line), submission.where(line)
    if needed.cell == made.cell:
        return {"made_line": made.line}
    return {"made_cell": made.cell}


def _closer(raised: Raised, submission: Submission) -> Iterator[Finding]:
    """Yield the quoted line of a left-out statement, and the explanation of its exception."""
    yield from quoted(raised, submission)
    known = closer_sentence("load", _kind_of_note(raised), raised, submission)
    if known is not None:
        yield known


def _written_in(module: str | None, submission: Submission) -> int | None:
    """Return the cell of a notebook that was to write the module."""
    written = (one.cell for one in submission.written if one.file == f"{module}.py")
    return next(written, None)


def _kind_of_note(raised: Raised) -> str:
    if raised.why in OF_LOADING:
        return raised.why
    kind = kind_of("note", raised)
    # Some refusals of the sandbox have their own sentence only if they cost a function.
    return kind if kind in NOTED | UNREAD else "refused"
