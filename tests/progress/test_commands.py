"""``grader list``, ``grader next`` and ``grader progress`` in a workspace."""

import datetime as dt
import json
import shutil

import pytest
from support.languages import TRANSLATED
from support.text_blocks import block

from grader.progress.progress_file import PROGRESS

RIGHT = block("""
    def double(x):
        return 2 * x
""")
WRONG = block("""
    def double(x):
        return 3 * x
""")


def row(tiny, exercise="ex01"):
    sections = json.loads(tiny("list", "--json").stdout)
    rows = {one["id"]: one for section in sections for one in section["exercises"]}
    keys = ("reached", "solved", "changed", "outdated")
    return tuple(rows[exercise][name] for name in keys)


def test_list_shows_what_was_reached_and_what_has_changed_since(tiny, grader):
    assert row(tiny) == (None, False, False, False)
    assert "(code, 4 points, cpu)" in tiny("list").stdout
    grader.write("ex01_double.py", WRONG)
    assert row(tiny) == (None, False, False, False), "nothing was graded yet"
    tiny("grade", "ex01")
    assert row(tiny) == (0, False, False, False)
    assert "(code, points: 0 of 4, begun, cpu)" in tiny("list").stdout
    grader.write("ex01_double.py", RIGHT)
    assert row(tiny) == (0, False, True, False)
    assert "(code, points: 0 of 4, begun, changed since, cpu)" in tiny("list").stdout
    tiny("grade", "ex01")
    assert row(tiny) == (4, True, False, False)
    assert "(code, points: 4 of 4, solved, cpu)" in tiny("list").stdout
    grader.write("ex01_double.py", WRONG)
    assert row(tiny) == (4, True, False, False), "this state was graded before"


def test_list_says_that_the_exercise_has_changed(grader, tiny_course, tmp_path):
    course = tmp_path / "course"
    shutil.copytree(tiny_course, course)
    grader.run("--course", course, "init", ".")
    grader.write("ex01_double.py", RIGHT)
    grader.run("--course", course, "grade", "ex01")
    checks = next((course / "exercises").glob("ex01*")) / "checks.py"
    checks.write_text(checks.read_text("utf-8") + "\n# more\n", encoding="utf-8")
    listed = grader.run("--course", course, "list").stdout
    assert "points: 4 of 4, solved, the exercise has changed since" in listed
    assert grader.run("--course", course, "next").stdout.startswith("ex01 ")


def test_list_says_when_it_was_reached(tiny, grader):
    grader.write("ex01_double.py", RIGHT)
    before = dt.datetime.now(dt.UTC)
    tiny("grade", "ex01")
    sections = json.loads(tiny("list", "--json").stdout)
    (when,) = {one["reached_at"] for part in sections for one in part["exercises"]} - {None}
    assert before <= dt.datetime.fromisoformat(when) <= dt.datetime.now(dt.UTC)


def test_another_course_has_a_progress_of_its_own(tiny, grader):
    grader.write("ex01_double.py", RIGHT)
    tiny("grade", "ex01")
    sections = json.loads(grader.run("list", "--json").stdout)
    assert not any(one["solved"] for section in sections for one in section["exercises"])


def test_next_goes_on_where_something_was_begun(tiny, grader):
    assert tiny("next").stdout.startswith("ex01 · Twice as much (4 points)\n")
    grader.write("ex01_double.py", WRONG)
    tiny("grade", "ex01")
    assert tiny("next").stdout.startswith("ex01 · Twice as much (0 of 4 points)\n")
    grader.write("ex01_double.py", RIGHT)
    tiny("grade", "ex01")
    assert tiny("next").stdout.startswith("ex02 ")
    assert json.loads(tiny("next", "--json").stdout) == {"exercise": "ex02"}


def test_below_the_workspace_the_same_is_shown(tiny, grader):
    grader.write("ex01_double.py", RIGHT)
    tiny("grade", "ex01")
    below = grader.folder / "below"
    below.mkdir()
    grader.folder = below
    assert row(tiny) == (4, True, False, False)


def test_progress_counts_each_section(tiny, grader):
    grader.write("ex01_double.py", RIGHT)
    tiny("grade", "ex01")
    told = json.loads(tiny("progress", "--json").stdout)
    assert told["solved"] == sum(section["solved"] for section in told["sections"]) == 1
    assert told["reached"] == 4
    assert told["next"] == "ex02"
    shown = tiny("progress").stdout
    assert "1 of 3 exercises solved, 4 of " in shown
    assert "Graded last: ex01, " in shown
    assert "To go on: grader next" in shown


def test_progress_names_what_was_begun(tiny, grader):
    grader.write("ex01_double.py", WRONG)
    tiny("grade", "ex01")
    assert "  Begun: ex01\n" in tiny("progress").stdout


@pytest.mark.parametrize("command", ["list", "next", "progress"])
def test_a_broken_file_is_said_and_changes_nothing(tiny, grader, command):
    grader.write(PROGRESS, "{")
    done = tiny(command)
    assert done.returncode == 0
    assert "cannot be understood" in done.stderr
    assert (grader.folder / PROGRESS).read_text(encoding="utf-8") == "{"


@pytest.mark.parametrize("command", ["list", "next", "progress"])
@pytest.mark.parametrize("lang", TRANSLATED)
def test_each_speaks_the_readers_language(tiny, grader, command, lang):
    grader.write("ex01_double.py", WRONG)
    tiny("grade", "ex01")
    told = tiny(command, "--lang", lang).stdout
    for english in ("begun", "solved", "Begun", "points of", "To go on", "What it asks"):
        assert english not in told


def test_plain_output_draws_nothing(tiny, grader):
    grader.write("ex01_double.py", RIGHT)
    tiny("grade", "ex01")
    for command in ("list", "progress"):
        told = tiny(command, "--plain").stdout
        assert not set(told) & set("●◐○█░─│✓\x1b")
