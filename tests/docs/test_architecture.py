"""docs/architecture.md names rooms, files and functions that there are."""

import ast
import re

import pytest
from support.documents import ROOT, section, table, text

PAGE = "architecture.md"
PACKAGE = ROOT / "grader"
WALK = "From `grade ex11` to the verdict"
STEPS = re.findall(r"`([\w/]+\.py): (\w+)`", section(PAGE, WALK))
OPERATIONS = re.compile(r"[▶◀] ((?:\w+ · )+\w+)")


def test_every_room_is_in_the_table():
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    rows = {row[0].strip("`").removeprefix("grader/") for row in table(PAGE, "The rooms")}
    assert rows == rooms


@pytest.mark.parametrize(("file", "name"), STEPS)
def test_a_step_of_the_walk_is_where_it_says(file, name):
    tree = ast.parse((PACKAGE / file).read_text(encoding="utf-8"))
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    assert name in defined


def test_the_walk_goes_from_the_command_to_its_exit_code():
    files = [file for file, _ in STEPS]
    assert len(STEPS) >= 20
    assert files[0] == "cli/grade.py"
    assert STEPS[-1] == ("cli/grade_and_show.py", "exit_code")


def test_every_module_that_is_named_exists():
    tops = ("grader", "exercises", "benchmarks")
    there = {path.name for top in tops for path in (ROOT / top).rglob("*.py")} | {"hatch_build.py"}
    handed_in = "ex11_softmax.py"
    named = set(re.findall(r"\b(\w+\.py)\b", text(PAGE))) - {handed_in}
    assert named - there == set()


def test_the_drawing_names_the_operations_of_the_wire():
    told = {name for names in OPERATIONS.findall(text(PAGE)) for name in names.split(" · ")}
    sides = ("student/process.py", "judge/processes/conversation.py")
    code = "".join((PACKAGE / side).read_text(encoding="utf-8") for side in sides)
    packed = set(re.findall(r'pack\(\s*"(\w+)"', code))
    served = set(re.findall(r'^            "(\w+)": ', code, re.MULTILINE))
    assert {"load", "ask"} <= packed | served
    assert told == packed | served
