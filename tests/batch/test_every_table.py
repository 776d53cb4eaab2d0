"""Wherever points stand beside what they are out of, it stands as well what could be reached."""

import ast

import pytest

from grader.course.locate import builtin_root

# Of a mark, which is out of the whole, and of a test of Gradescope's, which is one check.
WHOLE = {("view.py", "mark_data"), ("gradescope.py", "_test")}
POINTS = {"points", "reached", "mean", "score"}
MOST = {"maximum", "max_score"}
ROOT = builtin_root() / "grader"
FILES = sorted(
    path
    for room in ("batch", "gradebook")
    for path in (ROOT / room).rglob("*.py")
    if "migrations" not in path.parts
)


def names(node):
    """Return the strings that stand directly in a table's row: keys, columns, names of numbers."""
    match node:
        case ast.Dict():
            nested = [value for key, value in zip(node.keys, node.values, strict=True) if not key]
            found = [*filter(None, node.keys), *nested]
        case ast.Tuple() | ast.List():
            found = [one.value if isinstance(one, ast.Starred) else one for one in node.elts]
        case _:
            return set()
    told = {one.value for one in found if isinstance(one, ast.Constant)}
    for one in found:
        told |= names(one)
    return told


def tables(source, file):
    """Yield the names of each table, dict or list of columns that tells points out of a maximum."""
    for function in ast.walk(ast.parse(source)):
        own = getattr(function, "body", None)
        if not isinstance(own, list) or (file, getattr(function, "name", "")) in WHOLE:
            continue
        for statement in own:
            if hasattr(statement, "body"):
                continue
            for node in ast.walk(statement):
                found = names(node)
                if found & POINTS and found & MOST:
                    yield found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_table_tells_points_without_what_could_be_reached(path):
    for found in tables(path.read_text(encoding="utf-8"), path.name):
        assert "reachable" in found


def test_the_tables_are_found():
    found = {path.name for path in FILES if any(tables(path.read_text("utf-8"), path.name))}
    assert found >= {"grades.py", "gradescope.py", "exercise_statistics.py", "sheet.py", "view.py"}


def test_one_that_does_not_is_seen():
    lines = ["def told(x):", "    return {'points': x.points, **{'maximum': x.maximum}}", ""]
    assert {"points", "maximum"} in list(tables("\n".join(lines), "x.py"))
    assert not list(tables("\n".join(lines).replace("told", "mark_data"), "view.py"))
