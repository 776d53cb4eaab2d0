"""Proof of many exercises, several at a time."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from grader.course.loading import Course
from grader.course.phrases import phrase
from grader.judge.validation.exercise import prove
from grader.judge.validation.problem import ValidationResult

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from grader.course.loading import LoadedExercise


def prove_all(exercises: Sequence[LoadedExercise], jobs: int) -> Iterator[ValidationResult]:
    """Yield the proof of each exercise, in order, from at most ``jobs`` processes.

    A process that ends before its proof is a problem of that proof and of those queued with it, not
    of the exercises.
    """
    jobs = min(jobs, len(exercises))
    if jobs <= 1:
        yield from map(prove, exercises)
        return
    # New interpreters: a judge starts before NumPy is imported, and has threads, which a fork does
    # not copy.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=fresh) as pool:
        try:
            waiting = [
                pool.submit(_proof, one.course.root, one.course.named, one.name)
                for one in exercises
            ]
            for one, proof in zip(exercises, waiting, strict=True):
                try:
                    yield proof.result()
                except BrokenProcessPool:
                    yield _ended(one.name)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _proof(root: Path, named: Path | None, name: str) -> ValidationResult:
    return prove(Course(root, named).exercise(name))


def _ended(name: str) -> ValidationResult:
    proof = ValidationResult(name)
    proof.found(
        name,
        phrase("the process that proved it was ended from outside"),
        phrase("prove it alone, or with --jobs 1: the memory may not be enough for several"),
    )
    return proof
