"""The commands that judge: what they show beside the report."""

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.text_blocks import block

TINY = Path(__file__).resolve().parents[1] / "courses" / "tiny"
SLOW = """\
import time

while time.process_time() < 2.5:
    pass


def double(x):
    return 2 * x
"""


@pytest.fixture
def course(tmp_path):
    root = tmp_path / "course"
    shutil.copytree(TINY, root)
    return root


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# -- grade --------------------------------------------------------------------------------------


def on_a_terminal(*arguments, stderr_too):
    """Grade on a terminal; return what it wrote there."""
    main, side = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", "grade", *map(str, arguments)],
        stdout=side,
        stderr=side if stderr_too else subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm-256color", "NO_COLOR": "", "GRADER_LANG": "en"},
    )
    os.close(side)
    written = b""
    while True:
        try:
            chunk = os.read(main, 65536)
        except OSError:  # the other side is closed
            break
        written += chunk
    os.close(main)
    assert process.wait() == 0
    return written.decode()


@pytest.mark.parametrize(
    ("options", "stderr_too", "shown"),
    [
        ([], True, True),
        pytest.param([], False, False, marks=pytest.mark.slow),
        pytest.param(["--plain"], True, False, marks=pytest.mark.slow),
    ],
)
def test_a_terminal_sees_that_judging_goes_on(grader, options, stderr_too, shown):
    file = grader.write("ex01.py", SLOW)
    arguments = ["ex01", file, "--course", TINY, *options]
    text = on_a_terminal(*arguments, stderr_too=stderr_too)
    assert ("Your answer is being graded" in text) is shown
    assert text.count("Points: 4 of 4") == 1


BROKEN = block("""
    def double(x):
        return 3 * x
""")


def test_all_lists_every_check_and_a_report_is_shown_so_again(grader, course):
    grader.write("ex01.py", BROKEN)
    options = ("--course", course)
    few = grader.run("grade", "ex01", "ex01.py", *options).stdout
    every = grader.run("grade", "ex01", "ex01.py", "--all", *options).stdout
    assert "NOT RUN" not in few
    assert "NOT RUN" in every
    told = grader.run("grade", "ex01", "ex01.py", "--json", *options).stdout
    path = grader.write("report.json", told)
    assert grader.run("report", path, *options).stdout.startswith(few.partition("Points")[0])
    again = grader.run("report", path, "--all", *options).stdout
    assert again.partition("Points")[0] == every.partition("Points")[0]


def test_a_student_is_told_the_way_on_and_a_teacher_is_not(grader, course):
    grader.write("ex01.py", BROKEN)
    last = {
        audience: grader.run(
            "grade", "ex01", "ex01.py", "--course", course, "--audience", audience
        ).stdout.partition("Points: ")[2]
        for audience in ("student", "teacher")
    }
    assert "Begin with “" in last["student"]
    assert len(last["teacher"].splitlines()) == 1


def test_a_quiz_speaks_of_questions(grader):
    grader.write("ex02.yaml", "smallest: two\nhlaf: 1/4\n")
    done = grader.run("grade", "ex02", "--course", TINY)
    assert "begin with the first question that is not right" in done.stdout
    assert "NOTE  Your file" in done.stdout
    assert "Did you mean half?" in " ".join(done.stdout.split())
    assert "PASS" not in done.stdout


# -- validate -----------------------------------------------------------------------------------


def test_the_whole_course_is_proved_with_its_titles(grader, course):
    (course / "i18n/ru/course.md").unlink()
    whole = grader.run("validate", "--course", course)
    assert whole.returncode == 1
    assert whole.stdout.endswith(
        "FAIL course: 1 problem\n  i18n/ru/course.md: there is no such file: write it\n"
    )
    assert grader.run("validate", "--course", course, "ex02").returncode == 0


def test_a_broken_index_is_a_problem_of_the_course(grader, course):
    change(course / "exercises/course.yaml", "seed: 7", "sed: 7")
    done = grader.run("validate", "--course", course, "--json")
    (proof,) = json.loads(done.stdout)
    assert (done.returncode, proof["exercise"]) == (1, "course")
    assert proof["problems"][0]["where"] == "exercises/course.yaml: seed"


def test_the_certificate_is_printed_and_proves_nothing_else(grader, course):
    done = grader.run("validate", "--course", course, "--certificate", "ex01", "ex02")
    assert done.returncode == 0
    first, *rest = done.stdout.splitlines()
    assert first == "ex01_double: in place of the right result"
    assert rest[-1] == "ex02_everything: there is no certificate"
    data = grader.run("validate", "--course", course, "--certificate", "ex01", "--json")
    (certificate,) = json.loads(data.stdout)
    assert certificate["bars"] == []
    assert {"name": "zeros", "rejected": True} in certificate["corruptions"]


def test_the_command_that_validate_shows_works(grader, course):
    change(course / "i18n/en/ex02_everything.md", "Which numbers are even?", "Which are even?")
    done = grader.run("validate", "--course", "course", "ex02")
    commands = [line.partition("accept it with grader ")[2] for line in done.stdout.splitlines()]
    shown = [command.split() for command in commands if command]
    assert [words[-1] for words in shown] == ["fr", "ru"]
    for words in shown:
        assert grader.run(*words).returncode == 0
    assert grader.run("validate", "--course", "course", "ex02").returncode == 0


def test_an_unknown_text_is_a_wrong_use_and_nothing_is_accepted(grader, course):
    before = (course / "i18n/fr/ex02_everything.md").read_bytes()
    arguments = ("--course", course, "--accept-translation", "questions.hlaf")
    done = grader.run("validate", "ex02", *arguments, "--lang", "fr")
    assert done.returncode == 2
    assert "questions.half" in done.stderr
    assert "i18n/fr/ex02_everything.md" in done.stderr
    assert (course / "i18n/fr/ex02_everything.md").read_bytes() == before


# -- demo ---------------------------------------------------------------------------------------


def test_demo_shows_a_mistake_explained_and_gives_no_answer_away(grader, tmp_path):
    done = grader.run("demo", "mine")
    assert done.returncode == 0
    assert "return e / e.sum(axis=-1, keepdims=True)" in done.stdout
    assert "20 of 20 points" in done.stdout
    kept = (tmp_path / "mine" / "ex11_softmax.py").read_text(encoding="utf-8")
    for text in (done.stdout, kept):
        assert "x.max(" not in text
        assert "x - " not in text
