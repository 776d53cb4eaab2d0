"""Same submission, same grade: in any order, on any number of workers, under any load."""

import contextlib
import random
import subprocess
import sys
from itertools import cycle, islice

import pytest
from support.text_blocks import block

from grader.course.locate import builtin_root

ANSWERS = builtin_root() / "answers"
NUMBER = 200
HEADS = ("", "print('loaded')\n", "import math\n", "# my answer\n\n")
STYLES = (
    block("""
        def {name}({parameters}):
            raise ValueError('not yet')
    """),
    block("""
        import sys


        def {name}({parameters}):
            sys.exit(3)
    """),
    block("""
        print('hello')


        def {name}({parameters}):
            print({parameters})
    """),
    block("""
        def {name}({parameters}):
            pass
    """),
    "def {name}({parameters}:\n",
    block("""
        import os


        def {name}({parameters}):
            os._exit(1)
    """),
    block("""
        import numpy as np


        def {name}({parameters}):
            return np.random.normal(size=3)
    """),
    block("""
        seen = []


        def {name}({parameters}):
            seen.append(1)
            return float(len(seen))
    """),
)
QUIZ = (
    block("""
        loss_first: 1.140
        loss_second: 1.428
        loss_mean: 1.284
    """),
    "loss_first: -1.140\nloss_second: 1.428\n",
    block("""
        loss_first: 1,14
        loss_second: about 1.4
        loss_mean: 1.8526
    """),
    "loss_first: [\n",
)
DOUBLE = (
    block("""
        def double(x):
            return 2 * x
    """),
    block("""
        def double(x):
            return 3 * x
    """),
    block("""
        def double(x):
            return x ** 2
    """),
    block("""
        def double(x):
            raise ValueError('not yet')
    """),
)
EVERYTHING = ("half: 0.25\n", "smallest: one\nhalf: 1/4\n", "smallest: three\n", "half: [\n")
LOOP = block("""
    def double(x):
        while isinstance(x, (int, float)):
            pass
        return 2 * x
""")


def code(exercise, name, parameters):
    """Return texts of all kinds: right in several styles, known mistakes, and going wrong."""
    (folder,) = ANSWERS.glob(f"{exercise}_*")
    right = (folder / "reference.py").read_text(encoding="utf-8")
    known = [path.read_text("utf-8") for path in sorted((folder / "misconceptions").glob("*.py"))]
    off = [style.format(name=name, parameters=parameters) for style in STYLES]
    return [*(head + right for head in HEADS), *known, *off]


def handed_in(exercise, texts, number):
    """Return so many submissions, each different from the others; a comment does no harm."""
    numbered = enumerate(islice(cycle(texts), number))
    return [(f"s{place:03}", exercise, f"{text}# {place}\n") for place, text in numbered]


def shuffled(planned, seed):
    """Return entries in another order, exercises together: a new judge takes its time to start."""
    order = random.Random(seed)  # noqa: S311 - an order, no secret
    exercises = sorted({entry.exercise.model.id for entry in planned})
    order.shuffle(exercises)
    order.shuffle(planned)
    return sorted(planned, key=lambda entry: exercises.index(entry.exercise.model.id))


@contextlib.contextmanager
def load(processes):
    """Keep the cores busy with so many processes."""
    with contextlib.ExitStack() as spinning:
        for _ in range(processes):
            process = subprocess.Popen([sys.executable, "-c", "while True: pass"])
            spinning.callback(process.wait)
            spinning.callback(process.kill)
        yield


def outcome(batch, submissions, reports, *, workers, beside=0):
    """Grade in an order of its own; return the reports and the points."""
    out = f"out-{workers}-{beside}"
    planned = shuffled(batch.entries(submissions), out)
    with load(beside):
        graded = batch.run(planned, workers=workers, out=out)
    assert [row.why for row in graded.rows if row.status == "ungraded"] == []
    assert graded.judged == len(submissions)
    return reports(batch.folder / out), batch.points(graded)


def test_a_small_class(tiny, reports):
    submissions = handed_in("ex01", DOUBLE, 6) + handed_in("ex02", EVERYTHING, 4)
    one, two = (outcome(tiny, submissions, reports, workers=workers) for workers in (1, 2))
    assert one == two
    assert len(one[1]) == len(submissions)


@pytest.mark.slow
def test_an_endless_loop(tiny, reports):
    submissions = handed_in("ex01", [*DOUBLE, LOOP], 5)
    one, two = (outcome(tiny, submissions, reports, workers=workers) for workers in (1, 2))
    assert one == two


@pytest.mark.slow
def test_a_class_of_two_hundred_idle_and_under_load(course, reports):
    submissions = [
        *handed_in("ex11", code("ex11", "softmax", "x"), 90),
        *handed_in("ex15", code("ex15", "cross_entropy_error", "y, t"), 90),
        *handed_in("ex14", QUIZ, 20),
    ]
    first = outcome(course, submissions, reports, workers=1)
    assert len(first[1]) == len(submissions) == NUMBER
    assert {status for status, _ in first[1].values()} == {"graded", "unreadable"}
    assert len({points for _, points in first[1].values()}) > 5
    for workers, beside in ((2, 0), (1, 3), (2, 3)):
        assert outcome(course, submissions, reports, workers=workers, beside=beside) == first
