"""tests/arena/README.md names every module of the arena, and nothing that is not there."""

import re

from arena.corpus import FIELDS
from support.documents import ROOT, table, text

PAGE = "tests/arena/README.md"
MODULES = {path.name for path in (ROOT / "tests" / "arena").glob("*.py")} - {"__init__.py"}


def test_every_module_is_described():
    assert {row[0].strip("` ") for row in table(PAGE, "The modules")} == MODULES


def test_the_drawing_names_modules_that_there_are():
    drawing = text(PAGE).split("```")[1]
    named = set(re.findall(r"\b(\w+\.py)\b", drawing))
    assert named <= MODULES
    assert {"keeper.py", "catcher.py", "driver.py", "faults.py"} <= named


def test_fields_of_a_docstring_are_those_that_are_read():
    fields = set(re.findall(r"`(\w+):", text(PAGE))) | set(
        re.findall(r"^(\w+): ", text(PAGE), re.MULTILINE)
    )
    assert fields
    assert fields <= set(FIELDS)
