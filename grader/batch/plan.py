"""The plan of a batch: its folder, its seed, and one entry for each of its rows."""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import json
import re
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from grader.batch.atomic_files import write_atomic
from grader.batch.errors import BatchError
from grader.course.languages import msgid
from grader.course.phrases import Phrase
from grader.course.system_errors import reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grader.batch.models import Intake, MatchedFile, Student
    from grader.course.languages import Translator
    from grader.course.loading import LoadedExercise

SETTINGS = "batch.json"
SEEDS = "seeds.json"
LOCK = ".lock"
REPORTS = "reports"
RESULTS = "results"
SEED_LIMIT = 2**53  # JSON readers represent smaller integers exactly (RFC 8259)
_NAME_LENGTH = 60
_MARK_LENGTH = 24  # hexadecimal digits, 96 bits: collisions are not feasible to find
_PLAIN = re.compile(r"[a-z0-9_][a-z0-9_.-]*(?<!\.)")
_READABLE = re.compile(r"[\w-]+")  # without dots, so that no ending makes it a reserved one
_MARKED = re.compile(rf".*-[0-9a-f]{{{_MARK_LENGTH}}}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")


PROBLEMS = {
    "busy": msgid("Another batch is being graded into {{folder}}. Wait for it, or name another."),
    "settings": msgid(
        "{{file}} is damaged: it holds the seed of this batch. Put it back from a copy, or name "
        "another folder."
    ),
    "unwritable": msgid(
        "{{path}} cannot be written: {{why}}. All grades up to here are kept. Make room or give "
        "yourself the right to write, then run the same command again."
    ),
    "no_worker": msgid(
        "No judge can be started on this machine. See what helps with `grader doctor`.\n{{why}}"
    ),
    "isolation": msgid(
        "This machine shuts student code off only up to the level {{level}}, and {{needed}} is "
        "required: code of a class could read and change your files. See what helps with "
        "`grader doctor`, or, if you trust the class, add --require-isolation own-code-only."
    ),
    "seed_file": msgid("{{file}} holds no seed: write one whole number from 0 into it."),
}


class BatchRunError(BatchError):
    """A batch cannot be run: an id of PROBLEMS and the arguments of its sentence."""

    @property
    def is_fault(self) -> bool:
        """Whether a machine is at fault, and not what was asked of it."""
        return self.id == "no_worker"

    def sentence(self, t: Translator) -> str:
        """Return the sentence in a language."""
        return Phrase(PROBLEMS[self.id], self.arguments).localised(t)


@dataclass(frozen=True, slots=True)
class GradingTask:
    """One planned row: a student, an exercise, and the submitted file, if any."""

    student: str
    name: str
    exercise: LoadedExercise
    handed: MatchedFile | None

    @property
    def attempt(self) -> int:
        """Number of the attempt, from 1."""
        return 1 if self.handed is None else self.handed.attempt

    @property
    def submission_name(self) -> str:
        """The name of the file for the judge: never the student's own.

        Equal submissions get equal reports, and a report contains no names.
        """
        assert self.handed is not None  # noqa: S101 - only what was handed in is judged
        suffix = self.handed.suffix or PurePath(self.handed.file).suffix.lower()[:20]
        return f"{self.exercise.name}{suffix}"

    def report_path(self, audience: str = "teacher") -> str:
        """Return the path of the report, relative to the batch's folder."""
        ending = ".student.json" if audience == "student" else ".json"
        name = f"{self.exercise.model.id}-{self.attempt}{ending}"
        return f"{REPORTS}/{safe_name(self.student)}/{name}"


def entries(intake: Intake, exercises: list[LoadedExercise], *, roster: bool) -> list[GradingTask]:
    """Return an entry for each submitted file, and for each missing one.

    With a roster that is every exercise; without one, only a student of whom no file was found is
    missing anything. Entries of one exercise are adjacent: one warm judge serves all of them.
    """
    known = {exercise.model.id: exercise for exercise in exercises}
    made = [
        GradingTask(handed.student, handed.name, known[handed.exercise], handed)
        for handed in intake.handed
    ]
    there = {(entry.student, entry.exercise.model.id) for entry in made}
    seen = {student for student, _ in there}
    for student in intake.students:
        if roster or student.id not in seen:
            made += _missing(student, exercises, there)
    order = {exercise.model.id: number for number, exercise in enumerate(exercises)}
    made.sort(key=lambda entry: (order[entry.exercise.model.id], entry.student, entry.attempt))
    return made


def _missing(
    student: Student, exercises: Iterable[LoadedExercise], there: set[tuple[str, str]]
) -> Iterator[GradingTask]:
    for exercise in exercises:
        if (student.id, exercise.model.id) not in there:
            yield GradingTask(student.id, student.name, exercise, None)


def safe_name(student: str) -> str:
    """Return a file name for a student's id: itself if it is valid, else with a hash appended.

    Names of different ids differ by more than case and composition, which some file systems ignore.
    """
    plain = (
        _PLAIN.fullmatch(student)
        and not _MARKED.fullmatch(student)
        and not _RESERVED.fullmatch(student)
        and len(student) <= _NAME_LENGTH
    )
    if plain:
        return student
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()
    mark = digest[:_MARK_LENGTH]
    text = unicodedata.normalize("NFC", student)
    readable = "_".join(_READABLE.findall(text)).strip("-_")
    cut = readable.encode()[: _NAME_LENGTH - len(mark) - 1].decode("utf-8", "ignore")
    return f"{cut or 'student'}-{mark}"


class BatchFolder:
    """The folder of a batch: its settings with the secret seed, its results, its reports.

    Raises:
        BatchRunError: on construction, if it cannot be written, or another run uses it.

    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            if not folder.exists():
                folder.mkdir(parents=True, mode=0o700)  # results contain the seed and hidden checks
            self._lock = (folder / LOCK).open("wb")
        except OSError as error:
            raise unwritable(folder, error) from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            raise BatchRunError("busy", folder=folder) from error

    def close(self) -> None:
        """Release the lock, so that another run can use the folder."""
        self._lock.close()

    @property
    def settings(self) -> dict[str, Any]:
        """The settings that the last run recorded; empty before the first."""
        path = self.folder / SETTINGS
        stored = self._read(SETTINGS)
        if (stored or path.exists()) and not _is_seed(stored.get("seed")):
            raise BatchRunError("settings", file=path)
        return stored

    def seed(self, wanted: int | None) -> int:
        """Return the seed: the requested one, that of a run to be resumed, else a new one."""
        stored = self.settings
        if wanted is not None:
            return wanted
        # If it is unknown whether the run was complete, its inputs may have been disclosed.
        open_round = stored.get("complete") is False
        return stored["seed"] if open_round else secrets.randbelow(SEED_LIMIT)

    def note(self, seed: int, **settings: object) -> None:
        """Note the settings of this run for the next one. Only the owner can read them."""
        began = self.settings.get("began_at")
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        noted = {"seed": seed, "complete": False, "began_at": began or now}
        self._write(SETTINGS, {"version": 2, **noted, **settings})

    @property
    def seeds(self) -> dict[str, int]:
        """The seed under which each submission was judged here, by its `submission_id`."""
        stored = self._read(SEEDS)
        if not all(map(_is_seed, stored.values())):
            raise BatchRunError("settings", file=self.folder / SEEDS)
        return stored

    def end_round(self, seeds: dict[str, int]) -> None:
        """Store the seeds of a complete run; the next one uses another for new submissions."""
        self._write(SEEDS, self.seeds | seeds)
        self._write(SETTINGS, self.settings | {"complete": True})

    def _read(self, name: str) -> dict[str, Any]:
        path = self.folder / name
        try:
            stored = json.loads(path.read_bytes())
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise unwritable(path, error) from error
        except (ValueError, RecursionError) as error:
            raise BatchRunError("settings", file=path) from error
        if not isinstance(stored, dict):
            raise BatchRunError("settings", file=path)
        return stored

    def _write(self, name: str, data: Mapping[str, object]) -> None:
        text = json.dumps(data, ensure_ascii=False, indent=2)
        try:
            write_atomic(self.folder / name, text.encode("utf-8", "replace"), sync=True)
        except OSError as error:
            raise unwritable(self.folder, error) from error


def _is_seed(value: object) -> bool:
    return type(value) is int and value >= 0


def unwritable(path: Path, error: OSError) -> BatchRunError:
    """Return the error for a file or folder that cannot be written."""
    return BatchRunError("unwritable", path=path, why=reason(error))
