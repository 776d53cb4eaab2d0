"""The folder in which a student works."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.course.languages import WORKSPACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from grader.course.loading import LoadedExercise

_LANG = re.compile(r"^lang:.*$", re.MULTILINE)


@dataclass(frozen=True)
class Placed:
    """A file of the workspace: written now, or kept because it was there."""

    path: Path
    written: bool


def prepare(folder: Path, exercises: Iterable[LoadedExercise], lang: str) -> list[Placed]:
    """Write what students start from into a folder, and remember the language there.

    Files that exist are kept as they are. OSError where the folder cannot be written.
    """
    # All texts are made before the first file is written: a broken exercise leaves no half.
    files = dict(file for exercise in exercises for file in _files(exercise, lang))
    folder.mkdir(parents=True, exist_ok=True)
    placed = [Placed(folder / name, _write(folder / name, text)) for name, text in files.items()]
    _remember(folder / WORKSPACE, lang)
    return placed


def _files(exercise: LoadedExercise, lang: str) -> Iterator[tuple[str, str]]:
    yield exercise.stub_name, exercise.stub(lang)
    yield from exercise.given_sources.items()


def _write(path: Path, text: str) -> bool:
    """Write a new file; return whether it was new."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True


def _remember(path: Path, lang: str) -> None:
    """Set the language in the workspace file, whatever else it holds."""
    line = f"lang: {lang}"
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    new = _LANG.sub(line, old, count=1) if _LANG.search(old) else f"{old}{line}\n"
    path.write_text(new, encoding="utf-8")
