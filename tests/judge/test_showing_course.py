"""The calls that the exercises of the course show: pasted, they do what the report says."""

import contextlib
import math
import re

import numpy as np
import pytest

from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options

pytestmark = pytest.mark.slow

EXERCISES = ("ex11", "ex15", "ex22", "ex23", "ex42")
WIDTH = 1000


@pytest.fixture(scope="module")
def shown():
    """The checks with a call, of every known mistake, by exercise."""
    course = Course(builtin_root())
    kept = {}

    def of(name):
        if name in kept:
            return kept[name]
        exercise = course.exercise(name)
        known = [v for wrong in exercise.model.misconceptions for v in exercise.variants(wrong.id)]
        sources = [exercise.misconception_source(each) for each in known]
        with Judge(exercise, Options(of_author=True)) as judge:
            handed = [read_bytes(s.encode(), f"{name}.py", "code") for s in sources]
            reports = [judged.report for judged in judge.judge_all(handed)]
        kept[name] = [
            (known, source, check)
            for known, source, report in zip(known, sources, reports, strict=True)
            for check in report.checks
            if check.call is not None
        ]
        return kept[name]

    return of


def pasted(call):
    lines = [f"{each.name} = {each.code}" for each in call.arguments]
    return "\n".join([*lines, *call.program[:-1]]), call.program[-1]


@pytest.mark.parametrize("name", EXERCISES)
def test_every_call_that_is_shown_is_python(name, shown):
    calls = shown(name)
    assert calls
    for known, _, check in calls:
        before, last = pasted(check.call)
        compile(f"{before}\n{last}", f"{known}, {check.id}", "exec")


@pytest.mark.parametrize("name", EXERCISES)
def test_what_is_pasted_comes_to_what_the_report_says(name, shown):
    if name == "ex42":
        pytest.importorskip("torch")
    compared = 0
    for known, source, check in shown(name):
        call = check.call
        if any(argument.shortened for argument in call.arguments):
            continue
        if {message.id for message in check.feedback} & {"compare.modified"}:
            continue
        told = next((m.args["got"] for m in check.feedback if m.id.startswith("compare.val")), None)
        if told is None:
            continue
        value = _entry_of(call, source)
        assert math.isclose(float(value), float(told), rel_tol=1e-4, abs_tol=1e-7), (
            known,
            check.id,
            call,
        )
        compared += 1
    assert compared >= 10


def _entry_of(call, source):
    room = {}
    with contextlib.suppress(ImportError), np.errstate(all="ignore"):
        import torch  # noqa: PLC0415 - not everybody has it

        room["torch"] = torch
    room["np"] = np
    exec(source, room)  # noqa: S102 - a mistake of the course, which is trusted
    before, last = pasted(call)
    with np.errstate(all="ignore"):
        exec(before, room)  # noqa: S102
        if re.match(r"\w+\.(grad|data)$", call.entry):
            exec(last, room)  # noqa: S102
            return eval(call.entry, room)  # noqa: S307
        value = eval(last, room)  # noqa: S307
    if not call.entry:
        return value
    name, place = re.fullmatch(r"(\w*)(\[.*\])?", call.entry).groups()
    value = value[name] if name else value
    return eval(f"value{place or ''}", {"value": value})  # noqa: S307


@pytest.mark.parametrize("name", EXERCISES)
def test_no_argument_is_longer_than_a_student_reads(name, shown):
    for known, _, check in shown(name):
        for argument in check.call.arguments:
            assert len(argument.code) <= WIDTH, (known, check.id, argument)
