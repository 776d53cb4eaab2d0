"""Names for values."""

import enum


class Mode(enum.Enum):
    TRAIN = enum.auto()
    TEST = enum.auto()


class Access(enum.Flag):
    READ = 1
    WRITE = 2


def run():
    return [Mode["TEST"].value, (Access.READ | Access.WRITE).value, len(Mode)]


EXPECTED = [2, 3, 2]
