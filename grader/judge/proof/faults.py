"""What broke in an exercise while it was judged, as its author is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.course.languages import msgid
from grader.course.phrases import Phrase, phrase

if TYPE_CHECKING:
    from grader.course.loading import LoadedExercise
    from grader.judge.proof.problem import Proof

_FILE = re.compile(r"((?:exercises|answers)/\S+|checks\.py): (.+): ([^:]+)")
_LISTING = re.compile(r"checks\.(\w+): (.+)")
_CHECK = re.compile(r"(\w+): (?:(?:AuthorError|ReturnedValueError): (?:\1: )?)?(.+)")
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
_UNLISTED = "AuthorError: checks: "  # of each unlisted check that is run; it is told already


def note_fault(proof: Proof, exercise: LoadedExercise, fault: str) -> None:
    """Note a fault of a report: a line, or a traceback whose last line says it."""
    course = exercise.course
    checks = course.relative(exercise.checks_file)
    line = fault.strip().splitlines()[-1].removeprefix(f"{course.root}/")
    if match := _FILE.fullmatch(line):
        where = checks if match[1] == exercise.checks_file.name else match[1]
        proof.found(where, _known(match[2]), _known(match[3]))
    elif match := _LISTING.fullmatch(line):
        name, what = match.groups()
        proof.found(f"{checks}: {name}", *_listing(what))
    elif (match := _CHECK.fullmatch(line)) and match[1] in exercise.code.checks:
        what, advice = phrase("breaks with {{error}}", error=match[2]), phrase("mend the check")
        if match[2] == _RETURNED:
            what = phrase("returns a value")
            advice = phrase("compare with assert_close, which raises, or end with fail")
        proof.found(f"{checks}: {match[1]}", what, advice)
    elif _UNLISTED not in line:
        proof.found(checks, line, phrase("mend the exercise"))


def _listing(what: str) -> tuple[Phrase | str, Phrase]:
    """Say how exercise.yaml and checks.py differ about a check."""
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
    """Return a sentence of ours to be told in any language; what Python has said, as it is."""
    return Phrase(text) if text in _SENTENCES else text
