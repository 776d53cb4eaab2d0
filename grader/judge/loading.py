"""How the load phase ended: what was passed over, and which of the asked functions are there."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from grader.judge.explained.known import bound_below
from grader.judge.failures import Finding
from grader.judge.helpers import shadows
from grader.judge.letters import lookalike
from grader.judge.newer import Newer, needed_python
from grader.judge.notes import EVERYTHING, Note, count_of, lost_names, notes_of
from grader.judge.outcomes import Outcome, Raised, Returned
from grader.judge.quoting import quoted
from grader.judge.sentences import (
    Conclusion,
    closer_sentence,
    kind_of,
    of_exception,
    of_process,
    placed,
    without_place,
)

if TYPE_CHECKING:
    from grader.course.models import CodeExercise
    from grader.judge.submission import Submission

LISTED = 3
"""So many statements that were left out are told one by one."""
NOTED = {"import", "exit", "input", "raised", "refused"}
OF_LOADING = {"memory", "late", "notebook", "order"}
UNREAD = {"syntax", "indentation"}


def of_load(
    outcome: Outcome,
    exercise: CodeExercise,
    submission: Submission,
    given: Mapping[str, str] = MappingProxyType({}),
) -> Conclusion:
    """Return how the load phase ended: importing the file, and finding what is asked for.

    ``given``: files of the exercise that a submission can import.

    A submission in which one of several functions is missing is loaded all the same: only the
    checks that call it are not run. One in which a statement was left out has passed, with notes,
    if no function is missing.
    """
    if isinstance(outcome, Raised):
        return Conclusion("error", _of_failure(outcome, submission), "student")
    if not isinstance(outcome, Returned):
        return of_process("load", outcome)
    notes = notes_of(outcome)
    lost = lost_names(notes)
    missing = _all_missing(outcome, exercise, submission)
    unread = [note for note in notes if note.raised.why in UNREAD and note.raised.file is None]
    if missing and unread and not any(name in lost for name in missing):
        # Of a notebook: what is missing stands in the cell that Python could not read.
        return Conclusion("error", _of_failure(unread[0].raised, submission), "student")
    findings = [
        Finding("load.lost", {"name": name}) if name in lost or EVERYTHING in lost else finding
        for name, finding in missing.items()
    ]
    findings += _functions_for_classes(outcome, exercise)
    findings += _of_helpers(submission, given)
    told: list[tuple[Finding, ...]] = []
    at_fault = [lost.get(name) or lost.get(EVERYTHING) for name in missing]
    for note in sorted(notes, key=lambda note: missing.keys().isdisjoint(note.names)):
        finding = _told(note, exercise, submission)
        heads = [findings[0] for findings in told]
        if finding not in heads[-1:] and not _is_told(finding, heads):  # two names of one import
            closer = _closer(note.raised, submission) if note in at_fault else ()
            told.append((finding, *closer))
    findings += [finding for findings in told[:LISTED] for finding in findings]
    more = max(0, len(told) - LISTED) + max(0, count_of(outcome) - len(notes))
    if more:
        findings.append(Finding("note.more", {"n": more}))
    if not missing:
        return Conclusion("passed", tuple(findings))
    return Conclusion("failed", tuple(findings), "student")


def _is_told(finding: Finding, told: Sequence[Finding]) -> bool:
    """Tell whether a missing library has been told of: one that is imported again is no news."""
    module = finding.args.get("module")
    return finding.id == "note.import" and any(one.args.get("module") == module for one in told)


def _of_failure(raised: Raised, submission: Submission) -> tuple[Finding, ...]:
    """Return the findings about what kept a file from being loaded at all."""
    if raised.why in UNREAD and raised.file is None:
        newer = _newer(raised, submission)
        if newer is not None:
            args = {"needed": newer.version, "python": newer.here}
            return placed(
                "load.newer", args, replace(raised, line=newer.line, column=None), submission
            )
    return of_exception("load", raised, submission)


def _newer(raised: Raised, submission: Submission) -> Newer | None:
    """Return the Python that reads the file in which this one finds a mistake."""
    file = raised.file
    return needed_python(submission.source if file is None else submission.helpers.get(file, ""))


def _told(note: Note, exercise: CodeExercise, submission: Submission) -> Finding:
    """Return what is said of a statement that was left out."""
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
    """Return where a name is bound that a statement further up needs: its cell, or its line."""
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
    """Yield the line of a statement that was left out, and what its exception means."""
    yield from quoted(raised, submission)
    known = closer_sentence("load", _kind_of_note(raised), raised, submission)
    if known is not None:
        yield known


def _written_in(module: str | None, submission: Submission) -> int | None:
    """Return the cell of a notebook that was to write a module."""
    written = (one.cell for one in submission.written if one.file == f"{module}.py")
    return next(written, None)


def _of_helpers(submission: Submission, given: Mapping[str, str]) -> list[Finding]:
    """Return findings about files beside the answer that cannot be imported."""
    findings = []
    for path in list(submission.beside)[:LISTED]:
        if shadows(path, given):
            findings.append(Finding("note.helper_name", {"file": path}))
        elif path not in submission.helpers:
            findings.append(Finding("note.helper_unread", {"file": path}))
    return findings


def _kind_of_note(raised: Raised) -> str:
    if raised.why in OF_LOADING:
        return raised.why
    kind = kind_of("note", raised)
    # Some refusals of the sandbox have a sentence of their own only where they cost something.
    return kind if kind in NOTED | UNREAD else "refused"


def _all_missing(
    outcome: Returned, exercise: CodeExercise, submission: Submission
) -> dict[str, Finding]:
    """Return a finding for each asked function that cannot be called."""
    found = outcome.value.get("functions")
    names = outcome.value.get("names")
    missing = {
        name: _missing(name, parameters, found, names, submission)
        for name, parameters in exercise.functions.items()
    }
    return {name: finding for name, finding in missing.items() if finding is not None}


def usable(outcome: Outcome, exercise: CodeExercise) -> bool:
    """Tell whether at least one asked function can be called."""
    if not isinstance(outcome, Returned):
        return False
    found = outcome.value.get("functions")
    return isinstance(found, dict) and any(
        isinstance(found.get(name), dict) and found[name].get("fits") is True
        for name in exercise.functions
    )


def _functions_for_classes(outcome: Returned, exercise: CodeExercise) -> list[Finding]:
    """Return a finding for each function in place of a class: one that makes objects may do."""
    found = outcome.value.get("functions")
    return [
        Finding("load.function", {"name": name, "signature": f"{name}({', '.join(parameters)})"})
        for name, parameters in exercise.functions.items()
        if _is_class(name)
        and isinstance(found, Mapping)
        and isinstance(found.get(name), Mapping)
        and found[name].get("type") == "function"
    ]


def _is_class(name: str) -> bool:
    """Tell whether an exercise asks for a class by that name: they alone begin with a capital."""
    return name[0].isupper()


def _missing(
    name: str, parameters: Sequence[str], found: Any, names: Any, submission: Submission
) -> Finding | None:
    signature = f"{name}({', '.join(parameters)})"
    entry = found.get(name) if isinstance(found, Mapping) else None
    match entry:
        case {"callable": True, "fits": True}:
            return None
        case {"callable": True, "type": "type"} if not _is_class(name):
            return Finding("load.class", {"name": name, "signature": signature})
        case {"callable": True, "signature": str(got)}:
            args = {"name": name, "signature": signature, "got": f"{name}{got}"}
            return Finding("load.signature", args)
        case {"callable": False, "type": str(kind)}:
            return Finding("load.not_callable", {"name": name, "type": kind})
    known = [other for other in names if isinstance(other, str)] if isinstance(names, list) else []
    letter = lookalike(name, known)
    if letter is not None:
        return Finding("load.letter", {"name": name} | asdict(letter))
    written = next((file for file in submission.written if file.defines(name)), None)
    if written is not None:
        return Finding("load.written", {"name": name, "cell": written.cell, "file": written.file})
    folded = {other.casefold(): other for other in known}
    near = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.75)
    if near:
        args = {"name": name, "signature": signature, "found": folded[near[0]]}
        return Finding("load.missing_near", args)
    return Finding("load.missing", {"name": name, "signature": signature})
