"""What broke in an exercise while it was judged, as its author is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.course.loading import LoadedExercise
    from grader.judge.proof.problem import Proof

_FILE = re.compile(r"((?:exercises|answers)/\S+|checks\.py): (.+): ([^:]+)")
_LISTING = re.compile(r"checks\.(\w+): (.+)")
_CHECK = re.compile(r"(\w+): (?:(?:AuthorError|ReturnedValueError): (?:\1: )?)?(.+)")
_RETURNED = "returns a value"
_UNLISTED = "AuthorError: checks: "  # of each unlisted check that is run; it is told already


def note_fault(proof: Proof, exercise: LoadedExercise, fault: str) -> None:
    """Note a fault of a report: a line, or a traceback whose last line says it."""
    course = exercise.course
    checks = course.relative(exercise.checks_file)
    line = fault.strip().splitlines()[-1].removeprefix(f"{course.root}/")
    if match := _FILE.fullmatch(line):
        where = checks if match[1] == exercise.checks_file.name else match[1]
        proof.found(where, match[2], match[3])
    elif match := _LISTING.fullmatch(line):
        name, what = match.groups()
        advice = "make the two agree"
        if what.endswith("not listed in exercise.yaml"):
            what, advice = "is not listed in exercise.yaml", "list it or delete it"
        elif what.endswith("missing in checks.py"):
            advice = "rename one of the two"
        proof.found(f"{checks}: {name}", what, advice)
    elif (match := _CHECK.fullmatch(line)) and match[1] in exercise.code.checks:
        what, advice = f"breaks with {match[2]}", "mend the check"
        if match[2] == _RETURNED:
            what, advice = _RETURNED, "compare with assert_close, which raises, or end with fail"
        proof.found(f"{checks}: {match[1]}", what, advice)
    elif _UNLISTED not in line:
        proof.found(checks, line, "mend the exercise")
