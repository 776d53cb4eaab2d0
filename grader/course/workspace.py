"""The folder in which a student works."""

from __future__ import annotations

import itertools
import os
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.course.languages import WORKSPACE, upwards, workspace_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from grader.course.loading import Course, LoadedExercise

_ORDER = re.compile(r"^order:\s*([0-9]{1,18})\s*$", re.MULTILINE)
# Orders of choices that are drawn: few students of a class get the same one.
_ORDERS = 10**6


@dataclass(frozen=True)
class WorkspaceFile:
    """A file of the workspace: written now, or kept because it existed."""

    path: Path
    written: bool


def workspace_of(folder: Path | None = None) -> Path | None:
    """Return the workspace that contains a folder: the nearest that ``grader init`` made, if any.

    ``folder``: by default the current one.
    """
    folders = upwards(folder)
    # Unlike Path.is_file, this is False for what may not be looked into.
    return next((one for one in folders if os.path.isfile(one / WORKSPACE)), None)  # noqa: PTH113


def order_of(folder: Path | None = None) -> int | None:
    """Return the seed of the order of choices in the workspace that contains a folder, if any.

    ``folder``: by default the current one.
    """
    match = _ORDER.search(workspace_text(folder))
    return int(match[1]) if match else None


def create_workspace(
    folder: Path, exercises: Iterable[LoadedExercise], lang: str, order: int | None = None
) -> list[WorkspaceFile]:
    """Write the starting files into a folder, with a file of its language and order.

    ``order`` is the seed of the order of choices, by default that of the workspace, else a random
    one. Existing files are kept.

    Raises:
        OSError: the folder cannot be written.

    """
    order = _order(folder, order)
    # All texts are made before the first file is written, so that a broken exercise writes none.
    files = dict(file for exercise in exercises for file in _files(exercise, lang, order))
    return _create(folder, files, lang, order)


def create_notebooks(
    folder: Path, course: Course, names: Sequence[str], lang: str, order: int | None = None
) -> list[WorkspaceFile]:
    """Write notebooks to start from into a folder, as `create_workspace` writes other files.

    ``names``: see ``starter_notebooks``.

    Raises:
        OSError: the folder cannot be written.
        UnknownExerciseError: a name is neither an exercise nor a section.

    """
    from grader.course.starter_notebook import starter_notebooks  # noqa: PLC0415 - few ask for one

    order = _order(folder, order)
    files: dict[str, str] = {}
    for name, exercises, text in starter_notebooks(course, names, lang, order):
        files[name] = text
        for exercise in exercises:
            files |= exercise.given_sources
    return _create(folder, files, lang, order)


def _order(folder: Path, order: int | None) -> int:
    known = order_of(folder) if order is None else order
    return secrets.randbelow(_ORDERS) if known is None else known


def _create(folder: Path, files: Mapping[str, str], lang: str, order: int) -> list[WorkspaceFile]:
    folder.mkdir(parents=True, exist_ok=True)
    placed = [
        WorkspaceFile(folder / name, _write(folder / name, text)) for name, text in files.items()
    ]
    _remember(folder / WORKSPACE, {"lang": lang, "order": order})
    return placed


def reset(folder: Path, exercise: LoadedExercise, lang: str) -> list[tuple[Path, Path | None]]:
    """Restore the starting files of an exercise; return each that was changed.

    The changed file is kept beside it under an unused name, returned as well, that ends in
    ``.old``, so that it is not taken for an answer.

    Raises:
        OSError: the folder cannot be written.

    """
    done: list[tuple[Path, Path | None]] = []
    for name, text in dict(_files(exercise, lang, order_of(folder))).items():
        path = folder / name
        if _holds(path, text):
            continue
        kept = None
        if path.exists() or path.is_symlink():
            kept = unused_old_name(path)
            path.rename(kept)
        _write(path, text)
        done.append((path, kept))
    return done


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False


def unused_old_name(path: Path) -> Path:
    """Return the first of ``NAME.old``, ``NAME.2.old`` … that does not exist."""
    names = (path.with_name(f"{path.name}{count}.old") for count in _counts())
    return next(name for name in names if not (name.exists() or name.is_symlink()))


def _counts() -> Iterator[str]:
    yield ""
    yield from (f".{number}" for number in itertools.count(2))


def _files(exercise: LoadedExercise, lang: str, order: int | None) -> Iterator[tuple[str, str]]:
    yield exercise.stub_name, exercise.stub(lang, order)
    yield from exercise.given_sources.items()


def _write(path: Path, text: str) -> bool:
    """Write a new file; return whether it was new."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True


def _remember(path: Path, values: Mapping[str, str | int]) -> None:
    """Set values in the workspace file, keeping all others."""
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    for name, value in values.items():
        known, line = re.compile(rf"^{name}:.*$", re.MULTILINE), f"{name}: {value}"
        text = known.sub(line, text, count=1) if known.search(text) else f"{text}{line}\n"
    path.write_text(text, encoding="utf-8")
