"""Right answers in many styles, and wrong ones that no misconception was made from.

``tests/solutions/exNN/*.py`` and ``tests/wrong/exNN/*.py``. ``python tests/exercises/variants.py``
prints, for each exercise, how many of them are judged as they should be.
"""

import sys
from pathlib import Path

from grader.course.loading import Course
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options

ROOT = Path(__file__).parents[2]
SOLUTIONS = sorted((ROOT / "tests" / "solutions").glob("ex*"))
WRONG = sorted((ROOT / "tests" / "wrong").glob("ex*"))
BARE = {"finding", "other"}
"""Kinds of causes that tell what is wrong in numbers alone."""


EVERYWHERE = ("cpu", "sim")
"""Devices that every machine has; on the last of them an exercise shows most."""


def devices(folder):
    """Return the devices of every machine on which an exercise is judged."""
    named = Course(ROOT).exercise(folder.name).model.devices
    return [device for device in EVERYWHERE if device in named]


def judged(folder, device):
    """Yield each answer of a folder, by its name, with its report: as in a class, calls known."""
    paths = sorted(folder.glob("*.py"))
    submissions = [read_bytes(path.read_bytes(), path.name, "code") for path in paths]
    exercise = Course(ROOT).exercise(folder.name)
    right = read_bytes(exercise.reference_source.encode(), f"{folder.name}.py", "code")
    with Judge(exercise, Options(device=device, pipelined=True)) as judge:
        _, *results = judge.judge_all([right, *submissions])
        for path, result in zip(paths, results, strict=True):
            yield path.stem, result.report


def is_right(report):
    return report.reached == report.reachable and report.status in {"graded", "incomplete"}


def is_named(report):
    """Tell whether the first thing to mend is told in words, beyond the numbers."""
    return bool(report.causes) and report.causes[0].kind not in BARE


def main():
    for folder in sorted({*SOLUTIONS, *WRONG}, key=lambda path: path.name):
        reports = [report for _, report in judged(folder, devices(folder)[-1])]
        if folder.parent.name == "solutions":
            good, what = sum(map(is_right, reports)), "right answers pass"
        else:
            good, what = sum(map(is_named, reports)), "wrong answers are named"
        share = f"{good} of {len(reports)} {what} ({good / len(reports):.0%})"
        sys.stdout.write(f"{folder.name}: {share}\n")


if __name__ == "__main__":
    main()
