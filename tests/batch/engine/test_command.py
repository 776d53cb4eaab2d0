"""``grader batch`` as a teacher runs it."""

import csv
import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.text_blocks import block

from grader.batch.isolation import IsolationProbe
from grader.wire.levels import HIGHEST, OWN_CODE_ONLY

TINY = Path(__file__).resolve().parents[2] / "courses" / "tiny"
RIGHT = block("""
    def double(x):
        return 2 * x
""")
SQUARED = block("""
    def double(x):
        return x ** 2
""")
ONE_MORE = block("""
    def double(x):
        return x + 1
""")
OWN = ("--course", str(TINY), "--require-isolation", "own-code-only", "--jobs", "1")


@pytest.fixture
def handed_in(grader):
    """A class of three, one file of nobody's exercise, one roster."""
    folder = grader.folder / "class"
    for student, text in {"ann": RIGHT, "bob": SQUARED, "Жанна 😀": RIGHT + "#\n"}.items():
        (folder / student).mkdir(parents=True)
        (folder / student / "ex01.py").write_text(text, encoding="utf-8")
    (folder / "ann" / "notes.txt").write_text("hello")
    return folder


def table(out):
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_class_is_graded_and_summed_up(grader, handed_in):
    done = grader.run("batch", handed_in, "--out", "out", *OWN)
    assert done.returncode == 0, done.stderr
    assert "3 rows in all" in done.stdout
    assert "  1  ex01\n     You return the square" in done.stdout
    assert "ann/notes.txt" in done.stdout
    assert "3 of 3 done" in done.stderr
    rows = table(grader.folder / "out")
    assert {row["student_id"]: row["points"] for row in rows}["ann"] == "4"
    for row in rows:
        assert (grader.folder / "out" / row["report"]).is_file()


def test_the_summary_for_programs(grader, handed_in):
    done = grader.run("batch", handed_in, "--out", "out", "--json", *OWN)
    data = json.loads(done.stdout)
    assert (data["rows"], data["judged"], data["statuses"]) == (3, 3, {"graded": 3})
    assert data["misconceptions"] == [{"exercise": "ex01", "misconception": "squared", "count": 1}]
    again = json.loads(grader.run("batch", handed_in, "--out", "out", "--json", *OWN).stdout)
    assert again == data | {"judged": 0}


@pytest.mark.parametrize(("lang", "word"), [("fr", "lignes en tout"), ("ru", "всего 3 строки")])
def test_it_speaks_the_language_asked_for(grader, handed_in, lang, word):
    done = grader.run("batch", handed_in, "--out", "out", "--lang", lang, *OWN)
    assert word in done.stdout


def test_exit_code_3_where_a_row_is_ungraded(grader, handed_in, tmp_path):
    broken = tmp_path / "course"
    subprocess.run(["cp", "-r", TINY, broken], check=True)
    (broken / "exercises" / "ex01_double" / "checks.py").write_text("import nothing_like_it\n")
    own = ("--course", broken, *OWN[2:])
    done = grader.run("batch", handed_in, "--out", "out", *own)
    assert done.returncode == 3
    assert {row["status"] for row in table(tmp_path / "out")} == {"ungraded"}
    assert {row["points"] for row in table(tmp_path / "out")} == {""}
    assert "What needs your eye" in done.stdout
    assert done.stdout.count("No module named 'nothing_like_it'") == 1


def test_where_no_file_answers_anything_that_is_said(grader):
    (grader.folder / "class").mkdir()
    grader.write("class/notes.txt", "hello")
    done = grader.run("batch", "class", "--out", "out", *OWN)
    assert done.returncode == 2
    assert "Nothing was graded" in done.stderr
    assert "notes.txt" in done.stdout


@pytest.mark.usefixtures("handed_in")
def test_bad_input_ends_in_a_sentence_before_anything_is_graded(grader):
    (grader.folder / "empty").mkdir()
    grader.write(
        "twice.csv",
        block("""
            id,name
            ann,Ann
            ann,Anna
        """),
    )
    grader.write("odd.csv", b"id,name\n1,\xc9\xe9\xff\xfe\x98\n")
    grader.write("cut.zip", b"PK\x03\x04 and no more")
    for arguments, sentence in (
        (["empty"], "There is no file in empty"),
        (["cut.zip"], "not downloaded to its end"),
        (["class", "--roster", "twice.csv"], "has the id ann twice, in lines 2 and 3"),
        (["class", "--roster", "odd.csv"], "cannot be told for sure"),
        (["class", "--gradebook", "odd.csv"], "odd.csv is no gradebook"),
    ):
        done = grader.run("batch", *arguments, "--out", "out", *OWN)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert sentence in done.stderr
        assert not (grader.folder / "out" / "grades.csv").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--out", "out", "--jobs", "0"),
        ("--out", "out", "--seed", "-1"),
        ("--out", "out", "--seed", "x"),
        ("--out", "out", "--seed-file", "missing"),
        ("--out", "out", "--exercise", "nothing_like_it"),
        ("--out", "out", "--format", "moodle"),
        ("--out", "out", "--template", "file.csv"),
        ("--out", "out", "--roster", "missing.csv"),
        ("--out", "class/ann/ex01.py"),
        ("--out", "/proc/nowhere"),
    ],
)
def test_wrong_use_is_told(grader, handed_in, arguments):
    done = grader.run("batch", handed_in, *OWN, *arguments)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert "fault" not in done.stderr
    assert not (grader.folder / "out" / "grades.csv").exists()


def test_a_seed_file_keeps_the_seed_off_the_command_line(grader, handed_in):
    grader.write("seed.txt", "12345\n")
    done = grader.run("batch", handed_in, "--out", "out", "--seed-file", "seed.txt", *OWN)
    assert done.returncode == 0
    noted = json.loads((grader.folder / "out" / "batch.json").read_text("utf-8"))
    assert noted["seed"] == 12345


def test_the_seed_is_in_no_report_of_a_student(grader, handed_in):
    grader.run("batch", handed_in, "--out", "out", *OWN)
    out = grader.folder / "out"
    seed = str(json.loads((out / "batch.json").read_text("utf-8"))["seed"])
    for path in out.rglob("*.json"):
        told = seed in path.read_text("utf-8")
        assert told != path.name.endswith(".student.json"), path


def test_less_isolation_than_required_is_refused(grader, handed_in):
    with IsolationProbe() as probe:
        if probe.sufficient_level(OWN_CODE_ONLY) == HIGHEST:
            pytest.skip("this machine has the highest level")
    own = ("--course", TINY, "--require-isolation", "full")
    done = grader.run("batch", handed_in, "--out", "out", *own)
    assert done.returncode == 2
    assert "grader doctor" in done.stderr


def test_ctrl_c_says_how_to_go_on(grader, handed_in):
    slow = block("""
        import time


        def double(x):
            time.sleep(0.3)
            return 2 * x
    """)
    many = 60
    for number in range(many):
        (handed_in / f"s{number}").mkdir()
        (handed_in / f"s{number}" / "ex01.py").write_text(f"{slow}# {number}\n")
    out = grader.folder / "out"
    command = [sys.executable, "-P", "-m", "grader", "batch", handed_in, "--out", out, *OWN]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while not list((out / "results").rglob("*.json")):
            time.sleep(0.05)
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=300)[1]
    assert process.returncode == 130
    assert "the same command" in told
    assert "Traceback" not in told
    assert len(list((out / "results").rglob("*.json"))) < many / 2


def test_a_terminal_gets_a_moving_line(handed_in, grader):
    main, terminal = pty.openpty()
    command = [sys.executable, "-P", "-m", "grader", "batch", handed_in, "--out", "out", *OWN]
    kept = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "CI"}}
    environment = {**kept, "TERM": "xterm", "COLUMNS": "100", "GRADER_LANG": "en"}
    process = subprocess.Popen(
        command, cwd=grader.folder, stdout=terminal, stderr=terminal, env=environment
    )
    os.close(terminal)
    shown = b""
    try:
        while piece := os.read(main, 4096):
            shown += piece
    except OSError:
        pass  # the terminal is closed: the program has ended
    os.close(main)
    assert process.wait() == 0
    assert b"3/3" in shown
    assert b"\x1b[" in shown
    assert b"3 rows in all" in shown


def test_a_doubt_about_the_answer_needs_an_eye(grader, handed_in):
    (handed_in / "ann" / "ex01.ipynb").write_text(
        json.dumps({"cells": [{"cell_type": "code", "source": RIGHT + "x = 1\n"}], "nbformat": 4})
    )
    done = grader.run("batch", handed_in, "--out", "out", *OWN)
    assert done.returncode == 0, done.stderr
    told = done.stdout.partition("What needs your eye")[2]
    assert "ex01  ann  ann/ex01.py" in told
    assert "several files could be the answer; this one was graded" in told
    data = json.loads(grader.run("batch", handed_in, "--out", "out", "--json", *OWN).stdout)
    assert [one["reason"] for one in data["doubts"]] == ["batch.several_answers"]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "do not lie as Moodle would have them"),
        ("fr", "ne sont pas rangés comme ceux de Moodle"),
        ("ru", "разложены не так, как у Moodle"),
    ],
)
def test_a_layout_that_does_not_fit_is_told_and_nothing_is_written(lang, words, grader, handed_in):
    more = ("--layout", "moodle", "--out", "out", "--lang", lang, *OWN)
    done = grader.run("batch", handed_in, *more)
    assert done.returncode == 2
    assert words in done.stderr
    assert not (grader.folder / "out").exists()


def test_a_download_of_another_class_is_told_before_anything_is_judged(grader, handed_in):
    roster = grader.write("class.csv", "id,name\n1,Somebody Else\n")
    done = grader.run("batch", handed_in, "--roster", roster, "--out", "out", *OWN)
    assert done.returncode == 2
    assert "on the roster" in done.stderr
    assert not (grader.folder / "out").exists()


def test_a_team_s_grade_is_its_members_in_the_worksheet(grader):
    folder = grader.folder / "download"
    for team, text in {"Red_2": RIGHT, "Blue_1": SQUARED}.items():
        (folder / f"{team}_assignsubmission_file").mkdir(parents=True)
        (folder / f"{team}_assignsubmission_file" / "ex01.py").write_text(text)
    sheet = grader.write(
        "sheet.csv",
        "Identifier,Full name,Status,Group,Grade,Maximum grade,Grade can be changed,"
        "Last modified (grade)\n"
        "Participant 1,Ann,Submitted for grading,Red,,4,Yes,-\n"
        "Participant 2,Bob,No submission,,,4,Yes,-\n"
        "Participant 3,Cy,Submitted for grading,Red,,4,Yes,-\n",
    )
    to_moodle = ("--format", "moodle", "--template", sheet, "--out", "out")
    done = grader.run("batch", folder, *to_moodle, *OWN)
    assert done.returncode == 0, done.stderr
    with (grader.folder / "out" / "moodle.csv").open(encoding="utf-8", newline="") as file:
        grades = {row["Identifier"][-1]: row["Grade"] for row in csv.DictReader(file)}
    assert grades == {"1": "4", "2": "", "3": "4"}


def student_reports(out):
    return [json.loads(path.read_text("utf-8")) for path in sorted(out.rglob("*.student.json"))]


def test_reports_of_a_class_leave_inputs_and_right_values_out(grader, handed_in):
    (handed_in / "bob" / "ex01.py").write_text(
        ONE_MORE,
        "utf-8",
    )
    grader.run("batch", handed_in, "--out", "out", *OWN)
    wrong = [
        c for r in student_reports(grader.folder / "out") for c in r["checks"] if c["feedback"]
    ]
    assert wrong
    for check in wrong:
        assert check["call"] is None
        for message in check["feedback"]:
            assert not {"expected", "error", "allowed"} & message["args"].keys()
            assert "expected" not in message["text"]
    teacher = [
        json.loads(path.read_text("utf-8"))
        for path in (grader.folder / "out" / "reports").rglob("*.json")
        if not path.name.endswith(".student.json")
    ]
    calls = {c["id"]: c["call"] for r in teacher for c in r["checks"] if c["call"] is not None}
    assert {"test_number", "test_large"} <= calls.keys()


def test_show_calls_writes_them_without_judging_again(grader, handed_in):
    (handed_in / "bob" / "ex01.py").write_text(
        ONE_MORE,
        "utf-8",
    )
    grader.run("batch", handed_in, "--out", "out", *OWN)
    done = grader.run("batch", handed_in, "--out", "out", "--show-calls", "--json", *OWN)
    assert json.loads(done.stdout)["judged"] == 0
    checks = [c for r in student_reports(grader.folder / "out") for c in r["checks"]]
    shown = [check for check in checks if check["call"] is not None]
    assert {check["visibility"] for check in shown} == {"shown"}
    assert "expected" in shown[0]["feedback"][-1]["args"]
    # The seed stays the teacher's.
    assert all(report["seed"] is None for report in student_reports(grader.folder / "out"))
