"""Judged reports, kept under what they depend on: a result is made once and found again.

A result's file is written whole or not at all, so that a run which was killed goes on where it
was. ``ungraded`` is never kept: the next run tries again.
"""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import PurePath
from typing import TYPE_CHECKING, Self

from pydantic import ValidationError

from grader.batch.atomic_files import write_atomic
from grader.report.consistency import contradiction
from grader.report.models import Report
from grader.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.loading import LoadedExercise

LIBRARIES = ("numpy", "torch")


def _version(library: str) -> str | None:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return None


@dataclass(frozen=True)
class GradingEnvironment:
    """What a result depends on beside the submission and its exercise."""

    seed: int
    isolation: int
    device: str  # of a code exercise: questions compute nothing
    grader: str
    python: str
    libraries: tuple[tuple[str, str | None], ...]
    machine: str

    @classmethod
    def here(cls, seed: int, isolation: int, device: str = "cpu") -> Self:
        """Return those of this machine."""
        return cls(
            seed=seed,
            isolation=isolation,
            device=device,
            grader=__version__,
            python=platform.python_version(),
            libraries=tuple((name, _version(name)) for name in LIBRARIES),
            machine=platform.machine(),
        )

    def key(self, exercise: LoadedExercise, name: str, data: bytes) -> str:
        """Return the key of the result of a submission, given as ``name`` and bytes."""
        facts = {
            **asdict(self),
            "course": exercise.course.index.id,
            "exercise": exercise.model.id,
            "grading_hash": exercise.grading_hash,
            "name": name,
            "submission": hashlib.sha256(data).hexdigest(),
        }
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def submission_id(exercise: str, name: str, hash_: str) -> str:
    """Return what two submissions share that are judged alike: exercise, suffix, hash."""
    return f"{exercise}:{PurePath(name).suffix}:{hash_}"


class ResultCache:
    """A folder of results, by key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, key: str) -> Path:
        """Return where the result of a key is or would be."""
        return self.folder / key[:2] / f"{key}.json"

    def get(self, key: str) -> Report | None:
        """Return a result, or None; a file that cannot be read counts as none and is made again."""
        try:
            report = Report.model_validate_json(self.path(key).read_bytes())
        except (OSError, ValidationError):
            return None
        # A disk may turn a digit into another one.
        kept = report.status not in {"ungraded", "other"} and contradiction(report) is None
        return report if kept else None

    def put(self, key: str, report: Report) -> None:
        """Keep a result, unless it is none."""
        if report.status != "ungraded":
            write_atomic(self.path(key), report.model_dump_json().encode(), sync=True)
