"""Isolation levels: one number and one name each, known to every command that asks for one."""

import pytest

from grader.cli.batch import command as batch
from grader.cli.grade import command as grade
from grader.report.models import Isolation
from grader.wire.levels import HIGHEST, LEVEL_NAMES, LOWEST, NO_OPEN, Level


def test_numbers_and_names_are_permanent():
    assert [(int(level), level.label) for level in Level] == [
        (0, "own-code-only"),
        (1, "no-open"),
        (2, "kernel"),
        (3, "full"),
    ]
    assert (LOWEST, HIGHEST) == (0, 3)


@pytest.mark.parametrize("level", Level)
def test_a_level_is_known_by_its_name(level):
    assert Level.named(level.label) is level
    assert Isolation(level=level, name=level.label).name == level.label


def test_nothing_of_the_machine_is_open_from_kernel_on():
    assert [level.label for level in Level if level.is_shut_off] == ["kernel", "full"]


@pytest.mark.parametrize(("command", "default"), [(grade, LOWEST), (batch, NO_OPEN)])
def test_commands_offer_and_explain_every_level(command, default):
    (option,) = [one for one in command.params if one.name == "require_isolation"]
    assert tuple(option.type.choices) == LEVEL_NAMES
    assert option.default == default.label
    assert all(name in option.help for name in LEVEL_NAMES)
