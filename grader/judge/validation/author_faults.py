"""Errors of an exercise that occurred while it was judged, as reported to its author."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.course.languages import msgid
from grader.course.phrases import Phrase, beside, joined, phrase

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.course.languages import Translator
    from grader.course.loading import LoadedExercise
    from grader.judge.validation.problem import ValidationResult

_FILE = re.compile(r"((?:exercises|answers)/\S+|checks\.py): (.+): ([^:]+)")
_LISTING = re.compile(r"checks\.(\w+): (.+)")
_CHECK = re.compile(r"(\w+): (?:(?:AuthorError|ReturnedValueError): (?:\1: )?)?(.+)")
_CHECKS = "checks.py"
_FOLDERS = ("exercises/", "answers/")
_LINE = re.compile(r"line (\d+): (.+)")
_POINTS = re.compile(r"@points\((.+)\), but exercise\.yaml says (.+)")
_NEEDS = re.compile(r"needs (\w+), which is not a check")
_RETURNED = "returns a value"
_SENTENCES = {
    msgid("there is no such file"),
    msgid("write it"),
    msgid("it cannot be imported"),
    msgid("mend it"),
    msgid("correct it"),
}
_UNLISTED = "AuthorError: checks: "  # of each unlisted check that is run; it is reported already


def note_report_fault(proof: ValidationResult, exercise: LoadedExercise, fault: str) -> None:
    """Record an error of a report: a line, or a traceback whose last line is the error."""
    course = exercise.course
    checks = course.relative(exercise.checks_file)
    line = fault.strip().splitlines()[-1].removeprefix(f"{course.root}/")
    found = _parsed(line, exercise.code.checks)
    if found is not None:
        place, what, advice = found
        where = place if place.startswith(_FOLDERS) else f"{checks}{place.removeprefix(_CHECKS)}"
        proof.found(where, what, advice)
    elif _UNLISTED not in line:
        proof.found(checks, line, phrase("mend the exercise"))


def fault_text(fault: str, t: Translator) -> str:
    """Return an error of a report in a language, if it is one of ours; keep a traceback."""
    found = None if "\n" in fault.strip() else _parsed(fault.strip())
    return fault if found is None else joined(t, *found)


_Told = tuple[str, "Phrase | str", "Phrase | str"]


def _parsed(line: str, names: Collection[str] | None = None) -> _Told | None:
    """Return the place that an error names, the problem and the advice; None for other lines.

    ``names`` are the existing checks.
    """
    if match := _FILE.fullmatch(line):
        return match[1], _known(match[2]), _known(match[3])
    if match := _LISTING.fullmatch(line):
        name, what = match.groups()
        return f"{_CHECKS}: {name}", *_listing(what)
    match = _CHECK.fullmatch(line)
    if match is None or (names is not None and match[1] not in names) or _UNLISTED in line:
        return None
    what, advice = phrase("breaks with {{error}}", error=match[2]), phrase("mend the check")
    if match[2] == _RETURNED:
        what = phrase("returns a value")
        advice = phrase("compare with assert_close, which raises, or end with fail")
    return f"{_CHECKS}: {match[1]}", what, advice


def _listing(what: str) -> tuple[Phrase | str, Phrase]:
    """Describe how exercise.yaml and checks.py disagree about a check."""
    if what.endswith("not listed in exercise.yaml"):
        return phrase("is not listed in exercise.yaml"), phrase("list it or delete it")
    if what.endswith("missing in checks.py"):
        told = phrase("is listed in exercise.yaml and missing in checks.py")
        return told, phrase("rename one of the two")
    advice = phrase("make the two agree")
    if match := _POINTS.fullmatch(what):
        stated, listed = match.groups()
        told = phrase(
            "@points({{stated}}), but exercise.yaml says {{listed}}", stated=stated, listed=listed
        )
        return told, advice
    if match := _NEEDS.fullmatch(what):
        return phrase("needs {{check}}, which is not a check", check=match[1]), advice
    return what, advice


def _known(text: str) -> Phrase | str:
    """Return a sentence of ours, translatable into any language; a message of Python, as code."""
    if text in _SENTENCES:
        return Phrase(text)
    match = _LINE.fullmatch(text)
    if match is not None:
        return beside(phrase("line {{line}}", line=match[1]), _known(match[2]))
    return f"`{text}`"
