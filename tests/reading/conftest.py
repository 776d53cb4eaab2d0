"""What a student reads: answers of every kind judged, and the reports as they are printed."""

import json
from pathlib import Path

import pytest

from grader.cli.context import Context
from grader.cli.grade_and_show import localised_for
from grader.course.loading import Course
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options
from grader.report.terminal import printed

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = " (notebook)"


def pytest_addoption(parser):
    parser.addoption(
        "--renew",
        action="store_true",
        help="write reviewed/*.txt anew: read what git says has changed before it is committed",
    )


@pytest.fixture(scope="session")
def renew(request):
    """Whether the reviewed texts are to be written anew."""
    return request.config.getoption("--renew", default=False)


@pytest.fixture(scope="session")
def course():
    """The course of this repository."""
    return Course(ROOT)


def submission(exercise, title, text):
    """Return an answer as it is handed in; one that is a notebook has its cells behind `# %%`."""
    model = exercise.model
    if title.endswith(NOTEBOOK):
        cells = [
            {"cell_type": "code", "metadata": {}, "outputs": [], "source": cell}
            for cell in text.split("# %%\n")
        ]
        notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        return read_bytes(json.dumps(notebook).encode(), f"{exercise.name}.ipynb", model.kind)
    suffix = "py" if model.kind == "code" else "yaml"
    return read_bytes(text.encode(), f"{exercise.name}.{suffix}", model.kind)


def device_of(exercise):
    """Return where `grade` judges an answer on a machine without a card."""
    return "sim" if "sim" in getattr(exercise.model, "devices", ()) else "cpu"


@pytest.fixture(scope="session")
def judged(course):
    """Judge many answers of an exercise, by title, and return their reports."""

    def judged(id_, answers):
        exercise = course.exercise(id_)
        with Judge(exercise, Options(device=device_of(exercise))) as judge:
            handed_in = [submission(exercise, *answer) for answer in answers.items()]
            reports = [one.report for one in judge.judge_all(handed_in)]
        return dict(zip(answers, reports, strict=True))

    return judged


@pytest.fixture(scope="session")
def read(course):
    """Return a report as a student gets it, and the lines in which it is printed."""

    def read(report, lang, *, width=80, plain=True):
        told = localised_for(report, course.exercise(report.exercise.id), Context(lang), "student")
        told.isolation = None  # what this machine lacks is no concern here
        return told, printed(told, plain=plain, width=width)

    return read
