"""What most exercises need to be judged, told from their files at a glance."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.course.exercise_names import folders_by_name
from grader.course.locate import EXERCISES

if TYPE_CHECKING:
    from pathlib import Path

_OF_CODE = re.compile(r"^kind: *code *$", re.MULTILINE)
_SPECIAL = re.compile(r"^(libraries|devices|optimisers) *:", re.MULTILINE)


def needs_numpy_alone(root: Path, name: str) -> bool:
    """Return True if a course has a code exercise of that name that seems to need NumPy and a CPU.

    Nothing is validated: the caller makes sure once the exercise is loaded.
    """
    try:
        folders = [path.name for path in (root / EXERCISES).iterdir()]
        found = folders_by_name(folders).get(name.strip().casefold(), ())
        if len(found) != 1:
            return False
        written = (root / EXERCISES / found[0] / "exercise.yaml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return bool(_OF_CODE.search(written)) and not _SPECIAL.search(written)
