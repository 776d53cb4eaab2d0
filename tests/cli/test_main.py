"""Help, languages and errors of all commands."""

import contextlib
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.text_blocks import block

from grader.cli.status_words import MEANINGS
from grader.course.languages import LANGUAGES, Translator
from grader.report.messages import CATALOGUE, sentence

TINY = Path(__file__).resolve().parents[1] / "courses" / "tiny"


def test_help_lists_the_commands_in_each_language(grader):
    english = grader.run("--help").stdout
    assert re.search(r"^  list +list the exercises$", english, re.MULTILINE)
    french = grader.run("--help", "--lang", "fr").stdout
    assert french.startswith(f"{Translator('fr')('Usage:')} grader [OPTIONS]")
    assert Translator("fr")("list the exercises") in french
    assert Translator("ru")("list the exercises") in grader.run("--lang", "ru", "--help").stdout


@pytest.mark.parametrize("columns", ["0", "1"])
def test_a_terminal_without_a_width_shows_text_all_the_same(columns):
    terminal, inside = pty.openpty()
    environment = {**os.environ, "COLUMNS": columns, "TERM": "xterm"}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "grader", "--course", TINY, "show", "ex01"]
    with subprocess.Popen(command, stdout=inside, stderr=inside, env=environment):
        os.close(inside)
        shown = b""
        with contextlib.suppress(OSError):
            while piece := os.read(terminal, 1 << 16):
                shown += piece
    os.close(terminal)
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\s", "", shown.decode())
    assert "double(x)" in plain


def test_without_arguments_there_is_help(grader):
    done = grader.run()
    assert (done.returncode, done.stdout) == (0, grader.run("--help").stdout)


def test_help_of_a_command_is_translated_wherever_the_language_stands(grader):
    french = Translator("fr")("show this help")
    assert french != "show this help"
    for arguments in (["list", "--help", "--lang", "fr"], ["--lang", "fr", "list", "--help"]):
        assert french in grader.run(*arguments).stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["sho"], "There is no command sho. Did you mean show?"),
        (["list", "--langue", "fr"], "There is no option --langue."),
        (["list", "--lang", "de"], "--lang is one of: en, fr, ru"),
        (["list", "ex01"], "There is one argument too many: ex01"),
        (["list", "ex01", "ex02"], "There are too many arguments: ex01 ex02"),
        (["show"], "EXERCISE is missing."),
        (["hint", "ex01", "first"], "NUMBER is a whole number."),
        (["schema", "grade"], "FORMAT is one of: report, exercise"),
        (["show", "dubble"], "There is no exercise dubble. Did you mean ex01_double?"),
        (["show", "zzz"], "There is no exercise zzz. All exercises: grader list"),
        (["grade", "ex01", "--seed"], "--seed needs a value.\nHelp: grader grade --help"),
        (["list", "--json=1"], "--json takes no value.\nHelp: grader list --help"),
        (["--version=3"], "--version takes no value."),
        (["init", ""], "FOLDER is empty: write a path."),
        (["batch", "", "--out", "o"], "SOURCE is empty: write a path."),
        (["grade", "ex01", ""], "FILE is empty: write a path."),
    ],
)
def test_wrong_use_ends_in_a_sentence_and_code_2(grader, arguments, sentence):
    done = grader.run("--course", TINY, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_use_is_told_in_the_language_asked_for(grader):
    done = grader.run("show", "--lang", "ru")
    t = Translator("ru")
    assert t("{{name}} is missing.", name="УПРАЖНЕНИЕ") in done.stderr
    assert f"{t('Usage:')} grader show [ПАРАМЕТРЫ] УПРАЖНЕНИЕ" in done.stderr
    assert "missing" not in done.stderr


def test_a_folder_that_is_no_course_is_wrong_use(grader):
    done = grader.run("list", "--course", grader.folder)
    assert done.returncode == 2
    assert f"There is no course in {grader.folder}" in done.stderr


def test_a_broken_course_is_not_the_students_fault(grader):
    root = grader.folder / "course"
    shutil.copytree(TINY, root)
    (root / "exercises/ex01_double/exercise.yaml").write_text("id: ex01\nkind: code\n")
    done = grader.run("list", "--course", root)
    assert done.returncode == 3
    assert "The course is broken, not your answer." in done.stderr
    assert "exercise.yaml, slug: this field is missing: add it" in done.stderr


def test_any_other_error_is_the_graders_own_fault():
    program = block(f"""
        import sys; from grader.cli import main, list as module
        def fail(*_): raise ZeroDivisionError('deep inside')
        module.grader_command; module._print_lines = fail
        main.run(['--lang', 'en', '--course', {str(TINY)!r}, 'list'])""")
    for debug, word in (("0", "the grader's own fault, not yours"), ("1", "Traceback")):
        done = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=False,
            env={"GRADER_DEBUG": debug, "NO_COLOR": "1"},
        )
        assert done.returncode == 3
        assert word in done.stderr
        assert "deep inside" in done.stderr


@pytest.mark.parametrize(("lang", "encoding"), [("ru", "cp1252"), ("fr", "cp866")])
@pytest.mark.parametrize(
    "command", [["list"], ["show", "ex01"], ["--help"], ["list", "--json"], ["show"]]
)
def test_no_console_makes_it_fail(lang, encoding, command):
    done = subprocess.run(
        [sys.executable, "-m", "grader", "--course", TINY, *command, "--lang", lang],
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": encoding},
    )
    assert done.returncode == (2 if command == ["show"] else 0), done.stderr
    (done.stdout + done.stderr).decode(encoding)


def test_help_of_options_is_translated_with_what_is_added_to_it(grader):
    french = grader.run("gradebook", "mark", "--help", "--lang", "fr").stdout
    assert "--reason TEXTE" in french
    assert "[obligatoire]" in french
    assert "ÉTUDIANT EXERCICE POINTS" in french


def test_a_folder_that_cannot_be_made_is_no_fault_of_the_grader(grader):
    grader.write("a1.py", "")
    for name, told in (
        ("/proc/x", "/proc/x cannot be written: there is no such file or folder"),
        ("a1.py", "a1.py is a file; name a folder."),
    ):
        done = grader.run("demo", name)
        assert done.returncode == 2
        assert told in done.stderr


def test_a_full_disk_behind_the_output_is_no_fault_of_the_grader():
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "grader", "--lang", "en", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "The output cannot be written: the disk is full.\n"


def test_a_reader_may_leave_early():
    with subprocess.Popen(
        [sys.executable, "-m", "grader", "schema", "report"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.parametrize(
    "command", [["--help"], ["list"], ["show", "ex01"], ["show", "ex02"], ["hint", "ex01"]]
)
def test_what_judges_nothing_imports_no_heavy_library(command):
    program = block(f"""
        import sys; from grader.cli.main import run
        try: run([*{command!r}, '--course', {str(TINY)!r}])
        finally:
            loaded = {{'numpy', 'torch', 'pytest'}} & set(sys.modules)
            print(sorted(loaded), file=sys.stderr)
    """)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stderr == "[]\n"


def test_list_starts_quickly(tmp_path):
    # Compiled files are kept, as where a user has installed it: compiling is done once.
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    kept["PYTHONPYCACHEPREFIX"] = str(tmp_path)

    def seconds(*arguments):
        """Return the CPU seconds of a program: what else the machine does counts for neither."""
        program = block(f"""
            import resource, subprocess, sys
            subprocess.run([sys.executable, *{arguments!r}], stdout=subprocess.DEVNULL, check=True)
            print(sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]))
        """)
        done = (
            subprocess.run(
                [sys.executable, "-c", program], capture_output=True, check=True, env=kept
            )
            for _ in range(5)
        )
        return min(float(run.stdout) for run in done)

    bare = seconds("-c", "import click, yaml")
    assert seconds("-m", "grader", "list", "--lang", "en", "--course", str(TINY)) < 5 * bare


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_help_of_grade_explains_every_word_of_a_report(grader, lang):
    told = grader.run("grade", "--help", "--lang", lang).stdout
    words = [name for name in CATALOGUE if name.startswith("status.") and name != "status.other"]
    assert set(words) < set(MEANINGS)
    for name, meaning in MEANINGS.items():
        assert f"  {sentence(name, {}, lang)}  " in told
        assert Translator(lang)(meaning).split()[0] in told
