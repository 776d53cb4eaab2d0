"""The second wall: what in a granted folder is foreign there, or looks like a course, is found."""

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
    """Yield what below these folders must be closed.

    That is each folder that holds exercises or answers, wherever it came from; what cannot be
    looked into; and, in folders that an installer has ``noted`` with all that is in them, whatever
    else lies there, but for compiled Python. What is ``closed`` is not looked into. Links are not
    followed: what they lead to is granted where it stands, or not at all.
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
