"""The folder in which a student works."""

from __future__ import annotations

import itertools
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


def reset(folder: Path, exercise: LoadedExercise, lang: str) -> list[tuple[Path, Path | None]]:
    """Bring the files of an exercise back; return each that was not as it was at first.

    What stood there is kept beside it under a name that is not taken, returned as well: that ends
    in ``.old``, so that nobody takes it for an answer. OSError where the folder cannot be written.
    """
    done: list[tuple[Path, Path | None]] = []
    for name, text in dict(_files(exercise, lang)).items():
        path = folder / name
        if _holds(path, text):
            continue
        kept = None
        if path.exists() or path.is_symlink():
            kept = _free(path)
            path.rename(kept)
        _write(path, text)
        done.append((path, kept))
    return done


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False


def _free(path: Path) -> Path:
    """Return the first of ``NAME.old``, ``NAME.2.old`` … that is not there."""
    names = (path.with_name(f"{path.name}{count}.old") for count in _counts())
    return next(name for name in names if not (name.exists() or name.is_symlink()))


def _counts() -> Iterator[str]:
    yield ""
    yield from (f".{number}" for number in itertools.count(2))


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
