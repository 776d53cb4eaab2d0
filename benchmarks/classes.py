"""Classes for benchmarks: right and wrong answers whose formulas differ.

Three in five are right: the reference, the styles of the course, ``tests/solutions``, and what
``class_formulas.py`` puts together. Two in five are mistakes of the course, ``tests/wrong``, and
functions that raise, exit or print. None is dealt again before all of its kind were.

``python benchmarks/classes.py`` judges every one, prints JSON, and returns 1 where a right one
loses a point or a wrong one loses none.
"""

from __future__ import annotations

import functools
import itertools
import json
import random
import sys
from typing import TYPE_CHECKING, NamedTuple

from class_formulas import composed

from grader.course.loading import Course
from grader.course.root import course_root
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.course.loading import LoadedExercise

EXERCISES = ("ex11", "ex15", "ex42")
KINDS = ("right", "wrong", "right", "wrong", "right")
LEAST = 60
"""Answers of an exercise that are right, and that are wrong, at the least."""
GOING_WRONG = (
    "def {name}({parameters}):\n    raise ValueError('not yet')\n",
    "def {name}({parameters}):\n    raise NotImplementedError\n",
    "import sys\n\n\ndef {name}({parameters}):\n    sys.exit(1)\n",
    "def {name}({parameters}):\n    print({parameters})\n",
    "def {name}({parameters}):\n    return result\n",
    "def {name}({parameters}):\n    return {name}({parameters})\n",
    "def {name}({parameters}):\n    return [{parameters}][9]\n",
    "def {name}({parameters}):\n    return len(3)\n",
    "def {name}({parameters}):\n    return 1 / 0\n",
    "def {name}({parameters}):\n    assert False, 'here'\n",
    "print('loaded')\n\n\ndef {name}({parameters}):\n    pass\n",
    "import sys\n\n\ndef {name}({parameters}):\n    print('no', file=sys.stderr)\n    return 0\n",
    "def {name}({parameters}):\n    return '{parameters}'\n",
    "def {name}({parameters}):\n    return {{}}['W']\n",
    "def {name}({parameters}):\n    return int('one')\n",
    "def {name}({parameters}):\n    return [{parameters}]\n",
    "def {name}({parameters}):\n    return {parameters}.answer\n",
    "def other({parameters}):\n    return 1\n",
    "import random\n\n\ndef {name}({parameters}):\n    return random.random() + 100\n",
    "def {name}({parameters}):\n    return {name}\n",
)
RIGHT_ON_CPU = {
    "created_on_host",
    "host_round_trip_item",
    "host_round_trip_numpy",
    "loop_over_samples",
    "returned_on_host",
}
"""Mistakes of ex42 that show on a device alone."""


@functools.cache
def exercise(name: str) -> LoadedExercise:
    """Return an exercise of the built-in course."""
    return Course(course_root()).exercise(name)


class Answers(NamedTuple):
    """The sources of an exercise, none twice."""

    right: list[str]
    wrong: list[str]


@functools.cache
def answers(name: str) -> Answers:
    """Return the right and the wrong answers to an exercise."""
    loaded = exercise(name)
    root = course_root()
    right = [loaded.reference_source, *_texts(loaded.answers / "styles")]
    right += [*_texts(root / "tests" / "solutions" / name), *composed(name)]
    wrong = [
        text for kind in ("misconceptions", "observed") for text in _texts(loaded.answers / kind)
    ]
    wrong += _texts(root / "tests" / "wrong" / name)
    function, parameters = next(iter(loaded.code.functions.items()))
    wrong += [text.format(name=function, parameters=", ".join(parameters)) for text in GOING_WRONG]
    return Answers(list(dict.fromkeys(right)), list(dict.fromkeys(wrong)))


def _texts(folder: Path) -> list[str]:
    files = sorted(file for file in folder.glob("*.py") if file.stem not in RIGHT_ON_CPU)
    return [file.read_text(encoding="utf-8") for file in files]


def dealt(name: str) -> Iterator[str]:
    """Yield answers to an exercise without end, the same ones in the same order each time."""
    decks = {
        kind: _deck(texts, f"{name} {kind}") for kind, texts in answers(name)._asdict().items()
    }
    for kind in itertools.cycle(KINDS):
        yield next(decks[kind])


def _deck(texts: list[str], seed: str) -> Iterator[str]:
    chance = random.Random(seed)  # noqa: S311 - the same class each time
    while True:
        yield from chance.sample(texts, len(texts))


def distinct(text: str, number: int) -> str:
    """Return a source that no other number has, so that no result is kept for its bytes."""
    return f"{text}\n# {number}\n"


def write_class(folder: Path, size: int, names: tuple[str, ...] = EXERCISES) -> list[Path]:
    """Write a class, the exercises in turn; return its files."""
    files = []
    deals = {name: dealt(name) for name in names}
    for number in range(size):
        student, place = divmod(number, len(names))
        name = names[place]
        path = folder / f"student{student:06}" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(distinct(next(deals[name]), number), encoding="utf-8")
        files.append(path)
    return files


def misjudged(name: str) -> dict[str, list[str]]:
    """Judge all answers to an exercise; return those whose points are not as they should be."""
    found = {}
    with Judge(exercise(name), Options(pipelined=True)) as judge:
        for kind, texts in answers(name)._asdict().items():
            read = [read_bytes(text.encode(), f"{name}.py", "code") for text in texts]
            reports = [judged.report for judged in judge.judge_all(read)]
            found[kind] = [
                text
                for text, report in zip(texts, reports, strict=True)
                if (report.reached == report.reachable) != (kind == "right")
                or report.status not in {"graded", "incomplete"}
            ]
    return found


def main() -> int:
    """Judge every answer, print JSON, return 1 where one is not what it is dealt as."""
    counts = {
        name: {kind: len(texts) for kind, texts in answers(name)._asdict().items()}
        for name in EXERCISES
    }
    wrongly = {name: misjudged(name) for name in EXERCISES}
    print(json.dumps({"sources": counts, "least": LEAST, "misjudged": wrongly}, indent=2))
    few = any(min(each.values()) < LEAST for each in counts.values())
    return int(few or any(any(each.values()) for each in wrongly.values()))


if __name__ == "__main__":
    sys.exit(main())
