"""Reports of answers to the course are the same whether calls are sent ahead or one by one."""

import json
from pathlib import Path

import pytest

from grader.course.loading import Course
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options

ROOT = Path(__file__).parents[2]
CODE = [exercise for exercise in Course(ROOT).exercises() if exercise.model.kind == "code"]
MOST = 10
"""Answers of each exercise, of its right and wrong ones in turn."""
EVERY_DAY = {"ex11"}


def answers(exercise):
    """Return the reference and every so many of the answers of the course and of the tests."""
    name = exercise.model.id
    folders = [exercise.answers, *(ROOT / "tests" / kind / name for kind in ("solutions", "wrong"))]
    files = sorted(file for folder in folders for file in folder.rglob("*.py"))
    step = max(1, len(files) // MOST)
    return [exercise.answers / "reference.py", *files[::step]]


def reports(exercise, files, *, pipelined):
    """Return the reports, by file, without what may differ between two runs."""
    with Judge(exercise, Options(pipelined=pipelined)) as judge:
        submissions = [
            read_bytes(file.read_bytes(), f"{exercise.model.id}.py", "code") for file in files
        ]
        judged = judge.judge_all(submissions)
    return {
        file.relative_to(ROOT).as_posix(): json.loads(one.report.model_dump_json(exclude={"run"}))
        for file, one in zip(files, judged, strict=True)
    }


@pytest.mark.parametrize(
    "exercise",
    [
        pytest.param(
            exercise,
            id=exercise.model.id,
            marks=() if exercise.model.id in EVERY_DAY else pytest.mark.slow,
        )
        for exercise in CODE
    ],
)
def test_reports_are_the_same_with_calls_sent_ahead(exercise):
    files = answers(exercise)
    one_by_one = reports(exercise, files, pipelined=False)
    ahead = reports(exercise, files, pipelined=True)
    differing = [name for name, report in ahead.items() if report != one_by_one[name]]
    # An answer that draws its own random numbers is another one each time.
    again = [exercise.answers / "reference.py", *(ROOT / name for name in differing)]
    steady = reports(exercise, again, pipelined=False) if differing else {}
    assert [name for name in differing if steady[name] == one_by_one[name]] == []
