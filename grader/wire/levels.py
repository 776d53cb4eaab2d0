"""The isolation levels: how far a process is isolated from the machine on which it runs.

What each of them needs is found by `grader.student.sandbox.probe`, what it consists of is put
together in `grader.student.sandbox.levels`. Their numbers and names stand in reports, so they are
permanent.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Literal, get_args

LevelName = Literal["own-code-only", "no-open", "kernel", "full"]
LEVEL_NAMES: tuple[LevelName, ...] = get_args(LevelName)
"""From the lowest level to the highest."""


class Level(IntEnum):
    """How far a process is isolated; a higher level takes away more."""

    OWN_CODE_ONLY = 0
    """Limits on memory and time; files, network and programs are within reach."""
    NO_OPEN = 1
    """No file can be opened."""
    KERNEL = 2
    """Only what was granted can be opened."""
    FULL = 3
    """Nothing else can even be seen."""

    @property
    def label(self) -> LevelName:
        """The name that people know it by."""
        return LEVEL_NAMES[self]

    @property
    def is_shut_off(self) -> bool:
        """Whether nothing of the machine is open to a submission."""
        return self >= Level.KERNEL

    @classmethod
    def named(cls, name: str) -> Level:
        """Return the level of that name. KeyError where there is none."""
        return cls[name.upper().replace("-", "_")]


OWN_CODE_ONLY, NO_OPEN, KERNEL, FULL = Level
LOWEST, HIGHEST = min(Level), max(Level)

if [level.name.lower().replace("_", "-") for level in Level] != [*LEVEL_NAMES]:
    raise TypeError("a level and its name differ")
