"""A cache of reports, keyed by all inputs of judging: each result is computed once.

A result's file is written completely or not at all, so that a killed run can be resumed.
``ungraded`` is never cached: the next run tries again.
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
    """The inputs of a result beside the submission and its exercise."""

    seed: int
    isolation: int
    device: str  # of a code exercise: questions compute nothing
    grader: str
    python: str
    libraries: tuple[tuple[str, str | None], ...]
    machine: str

    @classmethod
    def here(cls, seed: int, isolation: int, device: str = "cpu") -> Self:
        """Return the environment of this machine."""
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
    """Return the key of submissions that are judged alike: exercise, suffix, hash."""
    return f"{exercise}:{PurePath(name).suffix}:{hash_}"


class ResultCache:
    """A folder of results, by key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, key: str) -> Path:
        """Return the path of the result for a key, which need not exist."""
        return self.folder / key[:2] / f"{key}.json"

    def get(self, key: str) -> Report | None:
        """Return a result, or None; an unreadable file counts as none and is replaced."""
        try:
            report = Report.model_validate_json(self.path(key).read_bytes())
        except (OSError, ValidationError):
            return None
        # Disk errors may change a digit.
        kept = report.status not in {"ungraded", "other"} and contradiction(report) is None
        return report if kept else None

    def put(self, key: str, report: Report) -> None:
        """Store a report, unless it is ``ungraded``."""
        if report.status != "ungraded":
            write_atomic(self.path(key), report.model_dump_json().encode(), sync=True)
