"""A student's folder: graded as a whole, by a file alone, begun anew; what a shell offers."""

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.languages import TRANSLATED
from support.text_blocks import block

TINY = Path(__file__).resolve().parents[1] / "courses" / "tiny"
RIGHT = block("""
    def double(x):
        return 2 * x
""")
WRONG = block("""
    def double(x):
        return 3 * x
""")


@pytest.fixture
def tiny(grader):
    """Run a command on the tiny course in a folder with its files to start from."""

    def run(*arguments, **options):
        return grader.run("--course", TINY, *arguments, **options)

    assert run("init", ".", "--lang", "en").returncode == 0
    return run


@pytest.fixture
def folder(grader):
    return grader.folder


def write(folder, source, name="ex01_double.py"):
    (folder / name).write_text(source, encoding="utf-8")


# -- a whole folder -----------------------------------------------------------------------------


def test_what_was_begun_is_graded_a_line_each(tiny, folder):
    write(folder, WRONG)
    done = tiny("grade")
    assert done.returncode == 1, done.stderr
    first, *rest = done.stdout.splitlines()
    assert first.startswith("FAIL  ex01  ")
    assert len(first) <= 100
    assert rest == ["To read more: grade EXERCISE"]


def test_what_is_only_open_is_no_failure(tiny, folder):
    write(folder, "smallest: one\n", "ex02_everything.yaml")
    first = tiny("grade").stdout.splitlines()[0]
    assert first.startswith("OPEN  ex02  1 of 9  This question has no answer yet.")
    write(folder, "smallest: two\n", "ex02_everything.yaml")
    assert tiny("grade").stdout.startswith("FAIL  ex02  0 of 9  ")


def test_files_that_nobody_has_written_into_are_left_alone(tiny):
    done = tiny("grade")
    assert done.returncode == 2
    assert "There is nothing to grade" in done.stderr


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_file_to_start_from_is_known_in_every_language(grader, lang):
    assert grader.run("--course", TINY, "init", ".", "--lang", lang).returncode == 0
    assert grader.run("--course", TINY, "grade", env={"GRADER_LANG": ""}).returncode == 2


def test_only_what_has_changed_is_graded_again(tiny, folder):
    write(folder, WRONG)
    tiny("grade")
    again = tiny("grade")
    assert again.returncode == 1
    assert again.stdout == ("1 answer is as it was when last graded. Not all right yet: ex01.\n")
    write(folder, RIGHT)
    assert tiny("grade").stdout.startswith("PASS  ex01  4 of 4")
    last = tiny("grade")
    assert (last.returncode, last.stdout) == (0, "1 answer is as it was when last graded.\n")


def test_an_answer_graded_by_name_counts_as_graded(tiny, folder):
    write(folder, RIGHT)
    tiny("grade", "ex01")
    assert tiny("grade").stdout == "1 answer is as it was when last graded.\n"


def test_practice_under_another_seed_is_not_remembered(tiny, folder):
    write(folder, RIGHT)
    tiny("grade", "ex01", "--seed", "5")
    assert tiny("grade").stdout.startswith("PASS  ex01")


def test_a_broken_memory_forgets(tiny, folder):
    write(folder, RIGHT)
    tiny("grade")
    for broken in ["", "[]", '{"ex01": {}}', '{"ex01": 3}', "\x00"]:
        write(folder, broken, ".grader-progress.json")
        done = tiny("grade")
        assert done.stdout.startswith("PASS  ex01")
        assert "it is kept as .grader-progress.json.broken" in done.stderr


def test_other_checks_are_a_change(grader, folder, tmp_path):
    course = tmp_path / "course"
    shutil.copytree(TINY, course)
    write(folder, RIGHT)
    grader.run("--course", course, "grade")
    checks = next((course / "exercises").glob("ex01*")) / "checks.py"
    checks.write_text(checks.read_text("utf-8") + "\n# more\n", encoding="utf-8")
    assert grader.run("--course", course, "grade").stdout.startswith("PASS  ex01")


def test_another_folder_can_be_named(tiny, folder):
    (folder / "week 1").mkdir()
    write(folder / "week 1", RIGHT)
    done = tiny("grade", "week 1")
    assert done.returncode == 0
    assert done.stdout.startswith("PASS  ex01")
    assert tiny("grade", "week 1").stdout == "1 answer is as it was when last graded.\n"
    assert (folder / ".grader-progress.json").is_file(), "that of the workspace"


def test_a_folder_that_is_no_workspace_remembers_by_itself(grader, folder):
    write(folder, RIGHT)
    assert grader.run("--course", TINY, "grade").stdout.startswith("PASS  ex01")
    assert (folder / ".grader-progress.json").is_file()
    again = grader.run("--course", TINY, "grade").stdout
    assert again == "1 answer is as it was when last graded.\n"


def test_two_files_for_one_exercise_are_named_and_the_others_graded(tiny, folder):
    write(folder, RIGHT)
    write(folder, RIGHT, "ex01 b.py")
    write(folder, "update_line: 1\n", "ex03_lines.yaml")
    done = tiny("grade")
    assert done.returncode == 2
    assert "Several files answer ex01: ex01 b.py, ex01_double.py." in done.stdout
    assert "ex03" in done.stdout


def test_programs_get_the_reports(tiny, folder):
    write(folder, WRONG)
    (report,) = json.loads(tiny("grade", "--json").stdout)
    assert report["exercise"]["id"] == "ex01"
    assert json.loads(tiny("grade", "--json").stdout) == []


def test_what_is_unclear_stays_out_of_the_json(tiny, folder):
    write(folder, RIGHT)
    write(folder, RIGHT, "ex01 b.py")
    done = tiny("grade", "--json")
    assert json.loads(done.stdout) == []
    assert "Several files answer ex01" in done.stderr


# -- a file alone -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ex01.py", RIGHT),
        ("Exercise 1.py", RIGHT),
        ("double.py", RIGHT),
        ("my answer.py", RIGHT),
        ("homework.ipynb", json.dumps({"cells": [], "nbformat": 4})),
    ],
)
def test_a_file_tells_which_exercise_it_answers(tiny, folder, name, text):
    if name.endswith(".ipynb"):
        cell = {"cell_type": "code", "source": RIGHT, "metadata": {}, "outputs": []}
        text = json.dumps({"cells": [cell], "nbformat": 4, "nbformat_minor": 5, "metadata": {}})
    write(folder, text, name)
    done = tiny("grade", name)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Twice as much" in done.stdout


def test_answers_to_questions_are_known_by_their_names(tiny, folder):
    (stub,) = folder.glob("ex02*.yaml")
    write(folder, stub.read_text("utf-8").split("\n", 2)[2], "answers.yaml")
    assert "One of each kind" in tiny("grade", "answers.yaml").stdout


def test_a_file_that_tells_nothing_is_asked_about(tiny, folder):
    write(folder, "x = 1\n", "it's mine.py")
    done = tiny("grade", "it's mine.py")
    assert done.returncode == 2
    assert """  grade EXERCISE 'it'"'"'s mine.py'""" in done.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [("nothing.py", "There is no file nothing.py."), ("doubel", "There is no exercise doubel.")],
)
def test_what_is_neither_file_nor_exercise(tiny, name, said):
    done = tiny("grade", name)
    assert done.returncode == 2
    assert said in done.stderr


def test_suggested_commands_can_be_pasted(tiny, folder):
    write(folder, RIGHT)
    write(folder, RIGHT, "ex01 b.py")
    assert "  grade ex01 'ex01 b.py'\n" in tiny("grade", "ex01").stderr


def test_the_language_is_that_of_the_files_folder(tiny, folder):
    tiny("init", "autre", "--lang", "fr")
    write(folder / "autre", RIGHT)
    speaks = {"GRADER_LANG": ""}
    assert "Points :" in tiny("grade", "autre/ex01_double.py", env=speaks).stdout.replace(
        "\u00a0", " "
    )
    assert "Points:" in tiny("grade", "autre/ex01_double.py", "--lang", "en", env=speaks).stdout


# -- begun anew ---------------------------------------------------------------------------------


def test_reset_brings_the_file_back_and_keeps_the_answer(tiny, folder):
    stub = (folder / "ex01_double.py").read_text("utf-8")
    for source, kept in [(RIGHT, "ex01_double.py.old"), (WRONG, "ex01_double.py.2.old")]:
        write(folder, source)
        done = tiny("reset", "ex01")
        assert done.returncode == 0
        assert kept in done.stdout
        assert (folder / "ex01_double.py").read_text("utf-8") == stub
        assert (folder / kept).read_text("utf-8") == source
    assert tiny("grade", "ex01").returncode == 1, "what was kept is no second answer"


def test_reset_changes_nothing_where_nothing_was_written(tiny, folder):
    before = sorted(path.name for path in folder.iterdir())
    done = tiny("reset", "double")
    assert "nothing was changed" in done.stdout
    assert sorted(path.name for path in folder.iterdir()) == before


def test_reset_writes_a_file_that_is_gone(tiny, folder):
    (folder / "ex01_double.py").unlink()
    assert tiny("reset", "ex01", "--json").returncode == 0
    assert (folder / "ex01_double.py").is_file()


# -- init ---------------------------------------------------------------------------------------


def test_an_exercise_in_the_place_of_a_folder_is_asked_about(grader):
    done = grader.run("--course", TINY, "init", "ex01")
    assert done.returncode == 2
    assert "grader init . ex01" in done.stderr
    assert "grader init ex01 --all" in done.stderr
    assert not (grader.folder / "ex01").exists()


def test_all_in_a_folder_that_is_called_like_an_exercise(grader):
    assert grader.run("--course", TINY, "init", "ex01", "--all").returncode == 0
    assert len(list((grader.folder / "ex01").glob("ex0*"))) == 3


@pytest.mark.parametrize(("typed", "made"), [("1\n", "ex01_double.py"), ("?\n2\n", "ex01")])
def test_on_a_terminal_the_answer_decides(grader, typed, made):
    grader.folder.mkdir(exist_ok=True)
    main, side = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "grader", "--course", str(TINY), "init", "ex01"],
        stdin=side,
        stdout=side,
        stderr=side,
        cwd=grader.folder,
    )
    os.close(side)
    os.write(main, typed.encode())
    while process.poll() is None:
        try:
            os.read(main, 65536)
        except OSError:
            break
    assert process.wait(timeout=300) == 0
    os.close(main)
    assert (grader.folder / made).exists()


# -- completion ---------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_complete_both_programs(grader, shell):
    done = grader.run("completion", shell)
    assert done.returncode == 0
    assert "_grader_completion" in done.stdout
    assert "_grade_completion" in done.stdout


def offered(words, variable="_GRADER_COMPLETE", program="from grader.cli.main import main; main()"):
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            variable: "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(words.count(" ")),
            "GRADER_COURSE": str(TINY),
        },
    )
    return [line.partition(",")[2] for line in done.stdout.split()]


def test_a_shell_offers_exercises():
    assert offered("grader hint ex") == ["ex01", "ex02", "ex03"]
    program = "from grader.cli.main import grade; grade()"
    assert offered("grade ex", "_GRADE_COMPLETE", program) == ["ex01", "ex02", "ex03"]


def test_a_shell_offers_commands_and_files():
    assert offered("grader re") == ["reset", "report", "release"]
    assert offered("grader show my") == ["my"]


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_takes_what_is_printed(grader):
    script = grader.run("completion", "bash").stdout
    done = subprocess.run(["bash", "-n"], input=script, text=True, check=False)
    assert done.returncode == 0
