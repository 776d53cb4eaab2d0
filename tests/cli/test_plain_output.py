"""What --plain prints can be read aloud: words, and nothing that is drawn.

Every command is run, with what it prints when all is well and when something is wrong.
"""

import json
import re
import shutil

import pytest
from support.languages import LANGUAGES
from support.person import Person
from support.quizzes import COURSES
from support.text_blocks import block

from grader.cli.main import COMMANDS

TINY = COURSES / "tiny"
# Boxes, blocks, geometric shapes, ticks and crosses, dingbats, private use, emoji, braille.
DRAWN = re.compile("[\u2500-\u25ff\u2600-\u27bf\u2800-\u28ff\ue000-\uf8ff\U0001f000-\U0001faff]")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
RULE = re.compile(r"^\s*[|+:=_-][|+:=_ -]{2,}$", re.MULTILINE)
ROW = re.compile(r"^\s*\|.*\|\s*$", re.MULTILINE)
FENCED = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)

WRONG = block("""
    def double(x):
        print('half')
        return x / 2
""")
ANSWERED = "smallest: one\neven: [one]\nhlaf: 3\naddition: 4\n"

BOOK = ("--gradebook", "book.db")
# The runs of each command in the folder that `workspace` makes: the exit code, and the arguments.
RUNS = {
    "grade": [
        (1, "ex01", "ex01.py"),
        (1, "ex01", "ex01.py", "--all"),
        (1, "ex01", "ex01.py", "--check", "test_number"),
        (1, "ex02", "ex02.yaml"),
        (1, "ex01", "broken.py"),
        (2, "ex01", "missing.py"),
        (1,),
    ],
    "batch": [(0, "class", "--out", "out", *BOOK)],
    "list": [(0,)],
    "next": [(0,)],
    "progress": [(0,)],
    "watch": [(2, "nothing")],  # and at a terminal, below
    "serve": [(2, "nothing")],  # its pages are for a browser
    "jobe": [(2,), (2, "ex02")],  # its answers are for CodeRunner
    "show": [
        (0, "ex01"),
        (0, "ex02"),
        (0, "ex03"),
        (0, "ex02", "--solution", "--teacher"),
        (1, "ex01", "--solution"),
    ],
    "hint": [(0, "ex01"), (2, "ex01", "9")],
    "quiz": [(130, "ex02"), (2, "ex01")],
    "init": [(0, "fresh", "ex01")],
    "reset": [(0, "ex01")],
    "gradebook": [
        (0, "show", *BOOK),
        (0, "show", "--wide", *BOOK),
        (0, "page", *BOOK),
        (0, "history", "ada", *BOOK),
        (0, "review", *BOOK),
        (0, "batches", *BOOK),
        (0, "mark", "ada", "ex01", "2", "--reason", "so", "--by", "me", *BOOK),
        (0, "remove", "student", "ben", "--reason", "so", "--by", "me", *BOOK),
        (0, "removed", *BOOK),
        (2, "history", "nobody", *BOOK),
    ],
    "moodle": [(0,), (2, "list"), (2, "push", "nothing", "nothing")],  # and at a site, tests/moodle
    "report": [(0, "report.json"), (0, "report.json", "--all")],
    "export": [(0, "moodle"), (0, "qti"), (0, "junit", "report.json"), (2, "xapi", "report.json")],
    "new": [(0, "ex77_name", "quiz")],
    "similar": [(0, "class"), (2, "nothing")],
    "lti": [(0,), (2, "push", "nothing.yaml", "grades.csv"), (2, "people", "nothing.yaml")],
    "release": [(0, "kit", "ex01", "ex03"), (2, "class")],
    "validate": [(0, "ex03")],
    "doctor": [(None,)],  # what it finds depends on the machine
    "demo": [(0,)],
    "schema": [(0, "report"), (2, "nothing")],
    "completion": [(0, "bash")],
}
LONG = {"release", "validate", "doctor", "demo", "batch", "gradebook"}
OF_NO_COURSE = {"new", "doctor", "demo", "schema", "completion"}
FOR_PROGRAMS = {"completion"}  # a script for a shell, and no text


def read_aloud(text):
    """Return what is wrong with a text for who hears it."""
    outside = FENCED.sub("", text)  # code, and drawings of tasks, are as their authors wrote them
    return [
        *DRAWN.findall(text),
        *CONTROL.findall(text),
        *RULE.findall(outside),
        *ROW.findall(outside),
    ]


def test_every_command_is_run():
    assert {*RUNS} == {*COMMANDS}


@pytest.fixture
def workspace(grader):
    """A folder with answers that are right, wrong and broken, a class and a stored report."""
    grader.write("ex01.py", WRONG)
    grader.write("broken.py", "def double(x:\n    return 2 * x\n")
    grader.write("ex02.yaml", ANSWERED)
    (grader.folder / "class").mkdir()
    grader.write("class/ada_ex01.py", WRONG)
    grader.write("class/ben_ex02.yaml", ANSWERED)
    done = grader.run("grade", "ex01", "ex01.py", "--course", TINY, "--json")
    grader.write("report.json", json.dumps(json.loads(done.stdout)))
    return grader


COMMANDS_IN_LANGUAGES = [
    pytest.param(
        command,
        lang,
        marks=[pytest.mark.slow] if command in LONG and lang != "en" else [],
        id=f"{command}-{lang}",
    )
    for command in RUNS
    for lang in LANGUAGES
]


@pytest.mark.parametrize(("command", "lang"), COMMANDS_IN_LANGUAGES)
def test_plain_output_can_be_read_aloud(workspace, command, lang):
    if command == "gradebook":
        workspace.run("batch", "class", "--out", "out", *BOOK, "--course", TINY)
    if command == "new":
        shutil.copytree(TINY, workspace.folder / "mine")
    for code, *arguments in RUNS[command]:
        course = [] if command in OF_NO_COURSE else ["--course", TINY]
        course = ["--course", "mine"] if command == "new" else course
        done = workspace.run(command, *arguments, *course, "--plain", "--lang", lang)
        said = done.stdout + done.stderr
        assert code in {None, done.returncode}, (command, arguments, said)
        assert said
        if command not in FOR_PROGRAMS:
            assert read_aloud(said) == [], (command, arguments, said)
    told = workspace.run(command, "--help", "--plain", "--lang", lang).stdout
    assert read_aloud(told) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_watched_plainly_can_be_read_aloud(workspace, lang):
    one = Person(
        workspace.folder, "watch", "ex01", "--plain", "--course", TINY, "--lang", lang, rows=60
    )
    try:
        one.sees("| half")
        one.types("h\n", "q\n")
        assert one.ends() == 0
        assert read_aloud(one.raw.decode().replace("\r\n", "\n")) == []
    finally:
        one.close()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("✓ One sample", ["✓"]),
        ("│ quoted", ["│"]),
        ("done \x1b[0m", ["\x1b"]),
        ("a\rb", ["\r"]),
        ("| a | b |", ["| a | b |"]),
        ("|---|---|", ["|---|---|", "|---|---|"]),
        ("-----", ["-----"]),
        ("+---+---+", ["+---+---+"]),
        ("PASS  One sample", []),
        ("- an item\n  -5\n| printed by an answer", []),
    ],
)
def test_what_is_drawn_is_found(text, wrong):
    assert sorted(read_aloud(text)) == sorted(wrong)
