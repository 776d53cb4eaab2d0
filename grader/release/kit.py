"""Makes the files of a students' kit: all of them as bytes, by their paths; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.course.errors import CourseError
from grader.course.installed import missing_libraries
from grader.course.locate import INDEX
from grader.course.models import CodeExercise
from grader.course.sealed import FILE, Sealed, sealed_results_name
from grader.course.yaml_files import read_text
from grader.judge.checking.sealed_results import packed_results
from grader.judge.processes.devices import here
from grader.judge.processes.graphics_card import find_card
from grader.questions.keys import faults_of
from grader.questions.sealing import sealed_question
from grader.release.recording import Recorded, record
from grader.release.shown_checks import needed_checks, without_checks
from grader.release.shown_files import (
    copied_files,
    course_index,
    course_prose,
    languages_of,
    shown_prose,
    structure,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from grader.course.devices import Device
    from grader.course.loading import Course, LoadedExercise
    from grader.report.models import Report

Files = dict[str, bytes]
"""The files of a kit, by their paths in it."""


@dataclass(frozen=True)
class ExerciseKit:
    """One exercise of a kit.

    ``hidden``: the checks that students are not shown; ``open``: those that ask the reference for
    something that differs with the answer, so that no result can be kept in its place. Both are
    left out. ``devices``: those for which the kit holds results, ``lacking`` the others that the
    exercise lists. ``missing``: libraries or devices that recording needs and this machine lacks.
    ``reports``: on each device those of the author's own answers in the course itself.
    """

    name: str
    files: Files = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    devices: tuple[Device, ...] = ()
    lacking: tuple[Device, ...] = ()
    missing: tuple[str, ...] = ()
    reports: dict[Device, dict[str, Report]] = field(default_factory=dict)

    @property
    def left_out(self) -> frozenset[str]:
        """The checks that are not in the kit."""
        return frozenset((*self.hidden, *self.open))

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the exercise is in the kit."""
        return not self.files


def exercise_kit(exercise: LoadedExercise) -> ExerciseKit:
    """Return an exercise as a kit holds it, all but its exercise.yaml.

    Raises:
        CourseError: the exercise is broken.

    """
    if isinstance(exercise.model, CodeExercise):
        return _code_kit(exercise, exercise.model)
    for place, *problem in faults_of(exercise):
        raise CourseError(exercise.answers / "key.yaml", place, *problem)
    key = exercise.key.questions
    questions = {
        one.id: sealed_question(
            one, key[one.id], exercise.listing(one.listing) if one.listing else ""
        )
        for one in exercise.quiz.questions
    }
    files = _files(exercise, Sealed(questions=questions), frozenset())
    return ExerciseKit(exercise.name, files)


def _code_kit(exercise: LoadedExercise, model: CodeExercise) -> ExerciseKit:
    missing = tuple(missing_libraries(model.libraries))
    devices = tuple(here(model.devices, find_card))
    lacking = tuple(one for one in model.devices if one not in devices)
    hidden = tuple(name for name in model.checks if name in exercise.hidden_checks)
    if missing or not devices:
        return ExerciseKit(
            exercise.name, hidden=hidden, lacking=lacking, missing=missing or ("cuda",)
        )
    shown = frozenset(model.checks).difference(hidden)
    recorded = {device: record(exercise, device, shown) for device in devices}
    open_ = _open(exercise, recorded, shown)
    left_out = {*hidden, *open_}
    if left_out >= set(model.checks):
        return ExerciseKit(exercise.name, hidden=hidden, open=tuple(open_), lacking=lacking)
    ended = {device: one.ended for device, one in recorded.items()}
    sealed = Sealed(
        wrong=tuple(next(iter(ended.values()))),
        passes=_agreed(ended, left_out, passed=True),
        fails=_agreed(ended, left_out, passed=False),
        left_out=len(left_out),
        points=sum(model.checks[name].points for name in left_out),
    )
    files = _files(exercise, sealed, left_out)
    checks = without_checks(read_text(exercise.checks_file), left_out)
    files[_path(exercise, "checks.py")] = checks.encode()
    for device, one in recorded.items():
        files[_path(exercise, sealed_results_name(device))] = packed_results(one.results)
    reports = {device: one.reports for device, one in recorded.items()}
    return ExerciseKit(
        exercise.name, files, hidden, tuple(open_), devices, lacking, reports=reports
    )


def _open(
    exercise: LoadedExercise, recorded: Mapping[Device, Recorded], shown: frozenset[str]
) -> list[str]:
    """Return the shown checks that cannot be sealed, and those that need one that is left out."""
    open_ = {check for one in recorded.values() for check in one.open}
    needs = needed_checks(read_text(exercise.checks_file))
    while more := {
        name for name in shown - open_ if needs.get(name, set()) - (shown - open_) - {name}
    }:
        open_ |= more
    return [name for name in exercise.code.checks if name in open_]


def _agreed(
    ended: Mapping[Device, Mapping[str, Mapping[str, bool]]],
    left_out: set[str],
    *,
    passed: bool,
) -> dict[str, tuple[str, ...]]:
    """Return, for each known wrong answer, the checks that end so on every device."""
    first = next(iter(ended.values()))
    return {
        name: tuple(
            check
            for check, how in checks.items()
            if how is passed
            and check not in left_out
            and all(one[name].get(check) is passed for one in ended.values())
        )
        for name, checks in first.items()
    }


def _files(exercise: LoadedExercise, sealed: Sealed, left_out: set[str] | frozenset[str]) -> Files:
    root = exercise.course.root
    files = {
        file.relative_to(root).as_posix(): file.read_bytes() for file in copied_files(exercise)
    }
    files[_path(exercise, FILE)] = f"{sealed.model_dump_json(indent=1)}\n".encode()
    for lang in languages_of(exercise):
        file = exercise.prose_file(lang)
        files[file.relative_to(root).as_posix()] = shown_prose(file, left_out).encode()
    return files


def whole_kit(course: Course, kits: Sequence[ExerciseKit]) -> Files:
    """Return all files of a kit, given those of its exercises."""
    kept = [kit for kit in kits if not kit.is_empty]
    names = [kit.name for kit in kept]
    ids = [name.partition("_")[0] for name in names]
    files = {INDEX.as_posix(): course_index(course, names).encode()}
    for lang in dict.fromkeys(("en", *course.index.languages)):
        text = course_prose(course, lang)
        if text is not None:
            files[f"i18n/{lang}/course.md"] = text.encode()
    for kit in kept:
        exercise = course.exercise(kit.name)
        files |= kit.files
        text = structure(exercise, kit.left_out, ids)
        files[_path(exercise, "exercise.yaml")] = text.encode()
    return files


def write(files: Files, folder: Path) -> None:
    """Write the files of a kit into a folder.

    Raises:
        OSError: it cannot be written.

    """
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _path(exercise: LoadedExercise, name: str) -> str:
    return (exercise.folder / name).relative_to(exercise.course.root).as_posix()
