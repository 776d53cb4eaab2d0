"""The second barrier: foreign files in granted folders, and anything that looks like a course."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator

EXERCISES, INDEX = "exercises", "course.yaml"
PARTS = (EXERCISES, "answers", "i18n")
EXERCISE = re.compile(r"ex\d+_\w+")
COMPILED = ("__pycache__", ".pyc")
SIGNS = {"reference.py", "key.yaml", "misconceptions", "exercise.yaml", "checks.py"}


def find_foreign(
    folders: Iterable[str], closed: Collection[str], noted: Collection[str] = ()
) -> Iterator[str]:
    """Yield the paths below these folders that must be closed.

    These are folders that contain exercises or answers, wherever they come from; unreadable
    folders; and, in folders whose contents an installer has fully recorded (``noted``), all other
    files except compiled Python. ``closed`` paths are not searched. Links are not followed: a
    target is granted by its own path, or not at all.
    """
    waiting = list(folders)
    while waiting:
        folder = waiting.pop()
        below: list[str] = []
        signs: list[str] = []
        complete = folder in noted
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if complete and entry.path not in noted and not entry.name.endswith(COMPILED):
                        yield entry.path
                        continue
                    if entry.name in SIGNS:
                        signs.append(entry.name)
                    if entry.is_dir(follow_symlinks=False):
                        below.append(entry.path)
        except OSError:
            yield folder
            continue
        if signs and EXERCISE.fullmatch(os.path.basename(folder)):  # noqa: PTH119 - texts, for speed
            yield folder
            continue
        if f"{folder}/{EXERCISES}" in below and os.path.exists(f"{folder}/{EXERCISES}/{INDEX}"):  # noqa: PTH110
            parts = [path for path in below if os.path.basename(path) in PARTS]  # noqa: PTH119
            yield from parts
            below = [path for path in below if path not in parts]
        waiting += [path for path in below if path not in closed]
