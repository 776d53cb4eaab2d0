"""The end of the load phase: skipped statements, and which of the asked functions exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from grader.course.blanks import marks
from grader.judge.failures import Finding
from grader.judge.feedback.conclusions import Conclusion, conclude_process
from grader.judge.processes.load_notes import EVERYTHING, UNREAD, count_of, lost_names, notes_of
from grader.judge.processes.outcomes import Outcome, Raised, Returned
from grader.judge.reading.helper_modules import shadows

if TYPE_CHECKING:
    from grader.course.models import CodeExercise
    from grader.judge.reading.submission import Submission

LISTED = 3
"""Files beside the answer that cannot be imported and are listed one by one."""


def conclude_load(
    outcome: Outcome,
    exercise: CodeExercise,
    submission: Submission,
    given: Mapping[str, str] = MappingProxyType({}),
    stub: str = "",
) -> Conclusion:
    """Return how the load phase ended: importing the file, and finding the asked functions.

    ``given``: files of the exercise that a submission can import. ``stub``: the file that the
    student started from.

    If one of several functions is missing the submission still counts as loaded: only the checks
    that call it are not run. If a statement was left out and no function is missing the phase
    passes, with notes.
    """
    if isinstance(outcome, Raised):
        return Conclusion("error", _of_failure(outcome, submission), "student")
    if not isinstance(outcome, Returned):
        return conclude_process("load", outcome)
    notes = notes_of(outcome)
    lost = lost_names(notes)
    missing = _all_missing(outcome, exercise, submission)
    unread = [note for note in notes if note.raised.why in UNREAD and note.raised.file is None]
    if missing and unread and not any(name in lost for name in missing):
        # Of a notebook: the missing function is in the cell that Python could not parse.
        return Conclusion("error", _of_failure(unread[0].raised, submission), "student")
    findings = [
        Finding("load.lost", {"name": name}) if name in lost or EVERYTHING in lost else finding
        for name, finding in missing.items()
    ]
    findings += _functions_for_classes(outcome, exercise)
    findings += _of_helpers(submission, given)
    if marks(stub):
        from grader.judge.feedback import given_part  # noqa: PLC0415 - few exercises have blanks

        findings += given_part.findings(stub, submission)
    if submission.refused is not None:
        findings.append(Finding("note.notebook", asdict(submission.refused)))
    if notes or count_of(outcome):
        from grader.judge.feedback.skipped_statements import of_notes  # noqa: PLC0415 - most leave nothing out

        findings += of_notes(notes, count_of(outcome), missing, exercise, submission)
    if not missing:
        return Conclusion("passed", tuple(findings))
    return Conclusion("failed", tuple(findings), "student")


def _of_failure(raised: Raised, submission: Submission) -> tuple[Finding, ...]:
    from grader.judge.feedback.skipped_statements import of_failure  # noqa: PLC0415 - most can be loaded

    return of_failure(raised, submission)


def _of_helpers(submission: Submission, given: Mapping[str, str]) -> list[Finding]:
    """Return findings about files beside the answer that cannot be imported."""
    findings = []
    for path in list(submission.beside)[:LISTED]:
        if shadows(path, given):
            findings.append(Finding("note.helper_name", {"file": path}))
        elif path not in submission.helpers:
            findings.append(Finding("note.helper_unread", {"file": path}))
    return findings


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


def has_callable_function(outcome: Outcome, exercise: CodeExercise) -> bool:
    """Return True if at least one asked function can be called."""
    if not isinstance(outcome, Returned):
        return False
    found = outcome.value.get("functions")
    return isinstance(found, dict) and any(
        isinstance(found.get(name), dict) and found[name].get("fits") is True
        for name in exercise.functions
    )


def _functions_for_classes(outcome: Returned, exercise: CodeExercise) -> list[Finding]:
    """Return a finding for each function in place of a class: one that returns objects may do."""
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
    """Return True if the name of an asked object is that of a class: a capital letter begins it."""
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
    return _absent(name, signature, known, submission)


def _absent(name: str, signature: str, known: Sequence[str], submission: Submission) -> Finding:
    """Return the finding about an unbound name; ``known``: those that the submission binds."""
    import difflib  # noqa: PLC0415 - as good as every submission has its function

    from grader.judge.reading.lookalike_letters import lookalike  # noqa: PLC0415

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
