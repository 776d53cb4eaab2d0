"""Same submission, same grade: in any order, on any number of workers."""

import random

import pytest

from grader.course.locate import builtin_root

pytestmark = pytest.mark.slow

ANSWERS = builtin_root() / "answers"
STYLES = {
    "raises": "def {name}({parameters}):\n    raise ValueError('not yet')\n",
    "exits": "import sys\n\n\ndef {name}({parameters}):\n    sys.exit(3)\n",
    "prints": "print('hello')\n\n\ndef {name}({parameters}):\n    print({parameters})\n",
    "nothing": "def {name}({parameters}):\n    pass\n",
    "broken": "def {name}({parameters}:\n",
    "dies": "import os\n\n\ndef {name}({parameters}):\n    os._exit(1)\n",
    "randomly": (
        "import numpy as np\n\n\ndef {name}({parameters}):\n    return np.random.normal(size=3)\n"
    ),
    "remembers": (
        "seen = []\n\n\n"
        "def {name}({parameters}):\n    seen.append(1)\n    return float(len(seen))\n"
    ),
}
LOOP = "def double(x):\n    while isinstance(x, (int, float)):\n        pass\n    return 2 * x\n"


def generated(exercise, name, parameters):
    """Return some 18 submissions: right ones, known mistakes, and all styles of going wrong."""
    (folder,) = ANSWERS.glob(f"{exercise}_*")
    right = (folder / "reference.py").read_text(encoding="utf-8")
    texts = [right, f"{right}\nprint('done')\n"]
    texts += [style.format(name=name, parameters=parameters) for style in STYLES.values()]
    known = sorted((folder / "misconceptions").glob("*.py"))[:6]
    texts += [path.read_text(encoding="utf-8") for path in known]
    return [(f"s{number:02}", exercise, text) for number, text in enumerate(texts)]


def shuffled(planned, seed):
    """Return entries in another order, exercises together: a new judge takes its time to start."""
    order = random.Random(seed)  # noqa: S311 - an order, no secret
    exercises = sorted({entry.exercise.model.id for entry in planned})
    order.shuffle(exercises)
    order.shuffle(planned)
    return sorted(planned, key=lambda entry: exercises.index(entry.exercise.model.id))


def compared(batch, submissions, reports):
    """Grade in the given order on one worker, then shuffled on two; return what came out."""
    seen = []
    for workers, seed in ((1, None), (2, 1), (2, 2)):
        planned = batch.entries(submissions)
        if seed is not None:
            planned = shuffled(planned, seed)
        out = f"out-{workers}-{seed}"
        graded = batch.run(planned, workers=workers, out=out)
        assert graded.complete
        seen.append((reports(batch.folder / out), batch.points(graded)))
    return seen


def test_the_built_in_course(course, reports):
    submissions = [
        *generated("ex11", "softmax", "x"),
        *generated("ex15", "cross_entropy_error", "y, t"),
    ]
    first, *others = compared(course, submissions, reports)
    assert len(first[1]) == len(submissions) == 32
    assert {status for status, _ in first[1].values()} == {"graded"}
    assert all(other == first for other in others)


def test_the_tiny_course_and_an_endless_loop(tiny, reports):
    right = "def double(x):\n    return 2 * x\n"
    texts = [right, LOOP, right.replace("2 *", "3 *"), right.replace("2 * x", "x ** 2")]
    submissions = [(f"s{number}", "ex01", text) for number, text in enumerate(texts)]
    answers = ["half: 0.25\n", "smallest: one\nhalf: 1/4\n", "smallest: three\n", "half: [\n"]
    submissions += [(f"s{number}", "ex02", text) for number, text in enumerate(answers)]
    first, *others = compared(tiny, submissions, reports)
    assert all(other == first for other in others)
