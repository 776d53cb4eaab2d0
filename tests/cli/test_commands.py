"""The commands that judge nothing, started as a user starts them."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from support.text_blocks import block

TINY = Path(__file__).resolve().parents[1] / "courses" / "tiny"
BROKEN_CHARACTERS = "\x1b│─┌╭┏"


@pytest.fixture
def tiny(grader):
    """Run a command on the tiny course."""
    return lambda *arguments, **options: grader.run("--course", TINY, *arguments, **options)


def terminal(*arguments, env):
    """Run a command on a terminal of its own; return what it wrote there."""
    main, side = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", *map(str, arguments)],
        stdin=side,
        stdout=side,
        stderr=side,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", **env},
    )
    os.close(side)
    written = b""
    while True:
        try:
            chunk = os.read(main, 65536)
        except OSError:  # the other side is closed
            break
        if not chunk:
            break
        written += chunk
    os.close(main)
    assert process.wait() == 0
    return written.decode()


def test_list_tells_of_every_exercise(tiny):
    done = tiny("list")
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        block("""
            Numbers
              ex01  Twice as much (code, 4 points, cpu)

            Questions
              ex02  One of each kind (quiz, 9 points)
              ex03  Find the line (find the line, 2 points)
        """)
    )


def test_list_for_programs(tiny):
    sections = json.loads(tiny("list", "--json").stdout)
    assert [(s["id"], [e["id"] for e in s["exercises"]]) for s in sections] == [
        ("numbers", ["ex01"]),
        ("questions", ["ex02", "ex03"]),
    ]


@pytest.mark.parametrize("where", ["before", "after", "equals"])
def test_the_language_may_stand_before_or_after_the_command(tiny, where):
    arguments = {
        "before": ["--lang", "fr", "list"],
        "after": ["list", "--lang", "fr"],
        "equals": ["list", "--lang=fr"],
    }[where]
    assert "  ex01  Deux fois plus (code, 4 points, cpu)\n" in tiny(*arguments).stdout


def test_a_pipe_gets_plain_text(tiny):
    for command in (["list"], ["show", "ex01"], ["show", "ex02"], ["hint", "ex01"]):
        done = tiny(*command, env={"NO_COLOR": "", "TERM": "xterm-256color"})
        assert not set(BROKEN_CHARACTERS) & set(done.stdout)


def test_a_terminal_gets_colours_unless_it_refuses_them():
    arguments = ("--course", TINY, "show", "ex01")
    assert "\x1b[" in terminal(*arguments, env={"NO_COLOR": ""})
    for plain in (
        terminal(*arguments, env={"NO_COLOR": "1"}),
        terminal(*arguments, "--plain", env={"NO_COLOR": ""}),
        terminal(*arguments, env={"NO_COLOR": "", "TERM": "dumb"}),
    ):
        assert not set(BROKEN_CHARACTERS) & set(plain)
        assert "    yᵢ = 2·xᵢ" in plain


def test_show_tells_the_whole_task(tiny):
    text = tiny("show", "double").stdout
    for part in (
        "Twice as much",
        "code, 4 points",
        "double(x)",
        "yᵢ = 2·xᵢ",
        "An array (2 points)",
    ):
        assert part in text
    text = tiny("show", "ex02").stdout
    for part in ("4  c = a + b", "What is half of 1/2? (1 point)", "- `medium` a dog"):
        assert part in text


def test_show_for_programs(tiny):
    data = json.loads(tiny("show", "ex01", "--json", "--lang", "ru").stdout)
    assert data["title"] == "Вдвое больше"
    assert data["functions"] == {"double": ["x"]}
    assert data["checks"][1] == {"id": "test_array", "title": "Массив", "points": 2}


def test_hints_come_one_at_a_time(tiny):
    first = tiny("hint", "ex01").stdout
    assert first.startswith("Hint 1 of 2: What is 2·3?\n")
    assert "operator" not in first
    assert "grader hint ex01 2" in first
    last = tiny("hint", "ex01", 2)
    assert last.stdout == "Hint 2 of 2: The operator is `*`.\n"
    beyond = tiny("hint", "ex01", 3)
    assert beyond.returncode == 2
    assert "There are 2 hints." in beyond.stderr


def test_init_writes_and_keeps(grader, tiny):
    done = tiny("init", "work", "ex01", "ex02", "--lang", "fr")
    assert done.returncode == 0, done.stderr
    work = grader.folder / "work"
    assert sorted(path.name for path in work.iterdir()) == [
        ".grader.yaml",
        "ex01_double.py",
        "ex02_everything.yaml",
    ]
    (work / "ex01_double.py").write_text("mine", encoding="utf-8")
    done = tiny("init", "work", "--json")
    written = {Path(file["path"]).name: file["written"] for file in json.loads(done.stdout)}
    assert written == {
        "ex01_double.py": False,
        "ex02_everything.yaml": False,
        "ex03_find_line.yaml": True,
    }
    assert (work / "ex01_double.py").read_text(encoding="utf-8") == "mine"


def test_a_workspace_remembers_its_language(tiny):
    tiny("init", ".", "ex01", "--lang", "ru")
    env = {"GRADER_LANG": ""}
    assert "Вдвое больше" in tiny("list", env=env).stdout


def choices(text):
    """Return the names of the choices in a page or a file to start from, as they are shown."""
    return re.findall(r"^[#-] *-? ?`?(one|two|three|four|small|medium|large)\b", text, re.MULTILINE)


def test_a_workspace_shows_choices_in_its_own_order(grader, tiny):
    outside = choices(tiny("show", "ex02").stdout)
    assert choices(tiny("show", "ex02").stdout) == outside
    assert tiny("init", ".", "ex02", "--seed", 12).returncode == 0
    stub = (grader.folder / "ex02_everything.yaml").read_text(encoding="utf-8")
    shown = choices(tiny("show", "ex02").stdout)
    assert sorted(shown) == sorted(outside)
    assert shown == choices(stub) == choices(tiny("show", "ex02", "--seed", 12).stdout)
    assert shown != outside
    assert choices(tiny("show", "ex02", "--seed", 13).stdout) != shown
    told = json.loads(tiny("show", "ex02", "--json").stdout)["questions"]
    assert [
        name for question in (told[0], told[1], told[3]) for name in question["choices"]
    ] == shown
    for command in (("show", "ex02"), ("init", ".")):
        done = tiny(*command, "--seed", -1)
        assert done.returncode == 2
        assert "--seed is a whole number from 0." in done.stderr


def test_two_workspaces_have_orders_of_their_own(grader, tiny):
    found = set()
    for name in "abc":
        tiny("init", name, "ex02", "--all")
        found.add((grader.folder / name / ".grader.yaml").read_text(encoding="utf-8"))
    assert len(found) > 1


def test_init_into_a_file_is_a_usage_error(grader, tiny):
    grader.write("a.py", "")
    done = tiny("init", "a.py")
    assert done.returncode == 2
    assert "a.py is a file; name a folder." in done.stderr
    done = tiny("init", "a.py/b")
    assert done.returncode == 2
    assert "cannot be written: a part of the path is a file, not a folder" in done.stderr


def test_init_ends_with_what_to_type_next(grader, tiny):
    lines = tiny("init", "my work", "ex02").stdout.splitlines()
    assert lines[-3:] == ["Next:", "  cd 'my work'", f"  grader show ex02 --course {TINY}"]
    assert grader.run("init", ".", "ex11").stdout.endswith("Next:\n  grader show ex11\n")


def test_a_variable_names_the_course_and_an_option_another(grader, tmp_path):
    env = {"GRADER_COURSE": str(TINY)}
    assert "ex01  Twice as much" in grader.run("list", env=env).stdout
    done = grader.run("list", "--course", tmp_path, env=env)
    assert f"There is no course in {tmp_path}" in done.stderr


def test_an_ascii_console_gets_the_nearest_signs(tiny):
    text = tiny("show", "ex01", env={"PYTHONIOENCODING": "ascii"}).stdout
    assert text.startswith("# ex01 - Twice as much\n")
    assert r"y_i = 2 \cdot x_i" in text
    assert "?" not in text.partition("## Checks")[0]


@pytest.mark.parametrize("name", ["report", "exercise", "prose", "key", "course"])
def test_schemas_are_json_schemas(grader, name):
    schema = json.loads(grader.run("schema", name).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)


def test_the_schema_of_exercises_accepts_ours(grader):
    schema = json.loads(grader.run("schema", "exercise").stdout)
    for path in TINY.glob("exercises/*/exercise.yaml"):
        jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), schema)


def test_a_number_that_no_exercise_has_makes_no_folder(grader):
    done = grader.run("init", "ex99")
    assert done.returncode == 2
    assert "There is no exercise ex99." in done.stderr
    assert not (grader.folder / "ex99").exists()
