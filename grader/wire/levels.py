"""The isolation levels of a process, with their numbers and names.

`grader.student.sandbox.probe` finds the highest one of a machine, `grader.student.sandbox.levels`
puts its layers together. Reports contain numbers and names, so they are permanent.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Literal, get_args

LevelName = Literal["own-code-only", "no-open", "kernel", "full"]
LEVEL_NAMES: tuple[LevelName, ...] = get_args(LevelName)
"""From the lowest level to the highest."""


class Level(IntEnum):
    """The isolation of a process; a higher level takes away more."""

    OWN_CODE_ONLY = 0
    """Limits on memory and time; files, network and programs are accessible."""
    NO_OPEN = 1
    """No file can be opened."""
    KERNEL = 2
    """Only granted files can be opened."""
    FULL = 3
    """Only granted files, no other process and no network are visible."""

    @property
    def label(self) -> LevelName:
        """The name in reports and options."""
        return LEVEL_NAMES[self]

    @property
    def is_shut_off(self) -> bool:
        """Whether only granted files can be opened."""
        return self >= Level.KERNEL

    @classmethod
    def named(cls, name: str) -> Level:
        """Return the level of that name.

        Raises:
            KeyError: there is none.

        """
        return cls[name.upper().replace("-", "_")]


OWN_CODE_ONLY, NO_OPEN, KERNEL, FULL = Level
LOWEST, HIGHEST = min(Level), max(Level)

if [level.name.lower().replace("_", "-") for level in Level] != [*LEVEL_NAMES]:
    raise TypeError("a level and its name differ")
