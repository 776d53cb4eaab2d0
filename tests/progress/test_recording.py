"""What is recorded by a grade, where, and what is not."""

import json
from pathlib import Path

import pytest
from support.text_blocks import block

from grader.course.workspace import workspace_of
from grader.progress import record
from grader.progress.progress_file import PROGRESS, read
from grader.report.models import Report

RIGHT = block("""
    def double(x):
        return 2 * x
""")
WRONG = block("""
    def double(x):
        return 3 * x
""")


@pytest.fixture
def reached(grader):
    """Return what is recorded of an exercise: files and points."""

    def attempts(exercise="ex01"):
        progress, told = read(grader.folder)
        assert told is None
        known = progress.courses.get("tiny", {}).get(exercise, {})
        return sorted((one.file, float(one.reached), one.solved) for one in known.values())

    return attempts


def test_a_grade_records_what_was_reached(tiny, grader, reached):
    grader.write("ex01_double.py", WRONG)
    assert tiny("grade", "ex01").returncode == 1
    assert reached() == [("ex01_double.py", 0.0, False)]
    grader.write("ex01_double.py", RIGHT)
    assert tiny("grade", "ex01").returncode == 0
    assert reached() == [("ex01_double.py", 0.0, False), ("ex01_double.py", 4.0, True)]
    assert tiny("grade", "ex01").returncode == 0
    assert len(reached()) == 2


def test_below_a_workspace_the_workspace_remembers(tiny, grader, reached):
    (grader.folder / "week 1").mkdir()
    grader.write("week 1/ex01.py", RIGHT)
    assert tiny("grade", "ex01", "week 1/ex01.py").returncode == 0
    assert reached() == [("week 1/ex01.py", 4.0, True)]
    assert workspace_of(grader.folder / "week 1") == grader.folder


def test_outside_a_workspace_nothing_is_recorded(grader, tiny_course):
    grader.write("ex01_double.py", RIGHT)
    assert grader.run("--course", tiny_course, "grade", "ex01").returncode == 0
    assert [path.name for path in grader.folder.iterdir()] == ["ex01_double.py"]


@pytest.mark.parametrize(
    "options",
    [["--seed", "5"], ["--check", "test_number"], ["--audience", "teacher"]],
    ids=" ".join,
)
def test_what_is_no_practice_of_the_whole_is_not_recorded(tiny, grader, reached, options):
    grader.write("ex01_double.py", RIGHT)
    done = tiny("grade", "ex01", *options)
    assert done.returncode == 0, done.stderr
    assert reached() == []


def test_a_file_that_cannot_be_read_is_not_recorded(tiny, grader, reached):
    grader.write("ex01_double.py", b"\xff\xfe\x00")
    assert tiny("grade", "ex01").returncode == 2
    assert reached() == []


def test_a_grade_does_not_fail_for_its_progress(tiny, grader):
    (grader.folder / f"{PROGRESS}.tmp").mkdir()
    grader.write("ex01_double.py", RIGHT)
    done = tiny("grade", "ex01")
    assert done.returncode == 0
    assert "Points: 4 of 4" in done.stdout
    assert "is not recorded" not in done.stdout
    assert "it is a folder, not a file." in done.stderr


@pytest.mark.parametrize("lang", ["fr", "ru"])
def test_what_is_said_of_a_newer_file_is_in_the_readers_language(tiny, grader, lang):
    newer = json.dumps({"version": 99})
    grader.write(PROGRESS, newer)
    grader.write("ex01_double.py", RIGHT)
    done = tiny("grade", "ex01", "--lang", lang)
    assert done.returncode == 0
    assert PROGRESS in done.stderr
    assert "newer version" not in done.stderr
    assert (grader.folder / PROGRESS).read_text(encoding="utf-8") == newer


def test_a_report_can_be_recorded_that_a_reader_has_got(tiny, grader, reached):
    grader.write("ex01_double.py", RIGHT)
    text = tiny("grade", "ex01", "--json").stdout
    before = reached()
    report = Report.model_validate(json.loads(text))
    assert record(grader.folder, report, grader.folder / "ex01_double.py") is None
    assert reached() == before


def test_a_broken_name_of_a_file_is_no_terminal_control(tiny, grader):
    grader.write(PROGRESS, "{")
    (grader.folder / "\x1b[31m").mkdir()
    grader.write("\x1b[31m/ex01.py", RIGHT)
    done = tiny("grade", "ex01", "\x1b[31m/ex01.py")
    assert done.returncode == 0
    assert "\x1b" not in done.stderr


def test_a_current_folder_that_is_gone_costs_no_record(
    tiny, grader, reached, monkeypatch, tmp_path
):
    grader.write("ex01_double.py", RIGHT)
    report = Report.model_validate(json.loads(tiny("grade", "ex01", "--json").stdout))
    (grader.folder / PROGRESS).unlink()
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert record(grader.folder, report, Path("ex01_double.py")) is None
    assert reached() == [("", 4.0, True)]
