"""The bars of an exercise, with measurements of the reference and of the known wrong answers.

Where an exercise has no bars, the table says which corruptions of right results its comparisons
reject.
"""

from __future__ import annotations

import math
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.course.loading import Course
from grader.course.models import CodeExercise
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from grader.course.loading import LoadedExercise
    from grader.judge.checking.bars import Measurement
    from grader.judge.run import JudgedReport
    from grader.report.models import Report

SEEDS = 50
"""Seeds under which the reference is measured: the course's and 1, 2, 3 and so on."""
SEEDS_FOR_WRONG = 10
"""Seeds under which the wrong answers are measured: there are many of these."""
REFERENCE = ""
FAILED = {"failed", "error", "timeout", "memory", "crash"}
Bar = tuple[str, str, float]
"""A check, the measured quantity, and the bar."""


@dataclass(frozen=True)
class Measured:
    """The results under one seed.

    ``numbers`` are the measurements of each answer, by its name. ``failed`` names, for each wrong
    answer that exceeds no bar, the checks without a bar that it fails.
    """

    numbers: Mapping[str, Sequence[tuple[Bar, float]]]
    failed: Mapping[str, Sequence[str]]


@dataclass
class Span:
    """The measurements of one answer, and how many of them exceed the bar."""

    values: list[float] = field(default_factory=list)
    above: int = 0

    def add(self, value: float, bar: float) -> None:
        """Add a measurement."""
        self.values.append(value)
        self.above += not value <= bar

    @property
    def finite(self) -> list[float]:
        """The finite measurements."""
        return [value for value in self.values if math.isfinite(value)]


@dataclass
class KeptOut:
    """Seeds under which a wrong answer exceeds a bar, or else fails a check without a bar."""

    by_bar: int = 0
    by_check: int = 0
    not_at_all: int = 0
    checks: list[str] = field(default_factory=list)


@dataclass
class Certificate:
    """The certificate of the bars and the comparisons of one exercise.

    ``kept_out`` counts for each wrong answer what it fails; ``corruptions`` maps each corruption to
    whether a comparison rejects it.
    """

    exercise: str
    bars: dict[Bar, dict[str, Span]] = field(default_factory=dict)
    kept_out: dict[str, KeptOut] = field(default_factory=dict)
    corruptions: dict[str, bool] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether the reference stays below every bar, and every wrong answer is rejected."""
        spans = (answers.get(REFERENCE, Span()) for answers in self.bars.values())
        return (
            not any(span.above for span in spans)
            and not any(one.not_at_all for one in self.kept_out.values())
            and all(self.corruptions.values())
        )

    def note(self, measured: Measured) -> None:
        """Add the results under one seed."""
        for name, numbers in measured.numbers.items():
            for bar, value in numbers:
                spans = self.bars.setdefault(bar, {})
                spans.setdefault(name, Span()).add(value, bar[2])
            if name != REFERENCE:
                self._note_kept_out(name, measured.failed.get(name))

    def _note_kept_out(self, name: str, failed: Sequence[str] | None) -> None:
        found = self.kept_out.setdefault(name, KeptOut())
        if failed is None:
            found.by_bar += 1
        elif failed:
            found.by_check += 1
            found.checks += [check for check in failed if check not in found.checks]
        else:
            found.not_at_all += 1


def certificates(exercises: Sequence[LoadedExercise], jobs: int) -> Iterator[Certificate]:
    """Yield the certificate of each exercise; its seeds are spread over ``jobs`` processes."""
    for exercise in exercises:
        found = Certificate(exercise.name)
        if isinstance(exercise.model, CodeExercise):
            _certify(exercise, found, jobs)
        yield found


def _certify(exercise: LoadedExercise, found: Certificate, jobs: int) -> None:
    public = exercise.course.index.seed
    with Judge(exercise, Options(seed=public, of_author=True)) as judge:
        judged = judge.judge_all([read_bytes(exercise.reference_source.encode(), "a.py", "code")])[
            0
        ]
    checks = [name for name, numbers in judged.measurements.items() if numbers]
    if not checks:
        found.corruptions = _corruptions(judged)
        return
    seeds = [seed for seed in range(1, SEEDS + 1) if seed != public][: SEEDS - 1]
    _measure_all(exercise, [public, *seeds], frozenset(checks), found.note, jobs)


def _corruptions(judged: JudgedReport) -> dict[str, bool]:
    from grader.judge.validation.mutation_test import CORRUPTIONS, undetected_corruptions  # noqa: PLC0415

    comparisons = [one for several in judged.comparisons.values() for one in several]
    if not comparisons:
        return {}
    accepted, _ = undetected_corruptions(comparisons, "cpu")
    return {name: name not in accepted for name in CORRUPTIONS}


def _measure_all(
    exercise: LoadedExercise,
    seeds: Sequence[int],
    checks: frozenset[str],
    note: Callable[[Measured], None],
    jobs: int,
) -> None:
    course = exercise.course
    tasks = [
        (course.root, course.named, exercise.name, seed, checks, k < SEEDS_FOR_WRONG)
        for k, seed in enumerate(seeds)
    ]
    if jobs <= 1:
        for task in tasks:
            note(_measured(*task))
        return
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        for measured in pool.map(_measured, *zip(*tasks, strict=True)):
            note(measured)


def _measured(
    root: Path, named: Path | None, name: str, seed: int, checks: frozenset[str], wrong: bool
) -> Measured:
    """Return the measurements of an exercise's bars, in ``checks``, under one seed."""
    exercise = Course(root, named).exercise(name)
    sources = {REFERENCE: exercise.reference_source}
    for diagnosed in exercise.code.misconceptions if wrong else ():
        for variant in exercise.variants(diagnosed.id):
            sources[variant] = exercise.misconception_source(variant)
    judged = _judged(
        exercise, sources, Options(seed=seed, of_author=True, only=checks, names=False)
    )
    numbers = {answer: list(_numbers(one.measurements.items())) for answer, one in judged.items()}
    below = {
        answer: sources[answer]
        for answer, several in numbers.items()
        if answer != REFERENCE and all(value <= bar[2] for bar, value in several)
    }
    rest = frozenset(exercise.code.checks) - checks
    judged = _judged(exercise, below, Options(seed=seed, of_author=True, only=rest, names=False))
    failed = {answer: _failed(judged[answer].report) if rest else [] for answer in below}
    return Measured(numbers, failed)


def _judged(
    exercise: LoadedExercise, sources: Mapping[str, str], options: Options
) -> dict[str, JudgedReport]:
    """Judge answers, each by its name."""
    if not sources or not options.only:
        return {}
    submissions = [read_bytes(source.encode(), "answer.py", "code") for source in sources.values()]
    with Judge(exercise, options) as judge:
        return dict(zip(sources, judge.judge_all(submissions), strict=True))


def _failed(report: Report) -> list[str]:
    return [check.id for check in report.checks if check.status in FAILED]


def _numbers(
    measurements: Iterable[tuple[str, list[Measurement]]],
) -> Iterator[tuple[Bar, float]]:
    for check, several in measurements:
        for one in several:
            yield (check, one.of, one.bar), one.value
