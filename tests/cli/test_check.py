"""``grade --check``: one check alone, with what is printed meanwhile."""

import json
from pathlib import Path

import pytest
from support.languages import LANGUAGES
from support.text_blocks import block

TINY = Path(__file__).resolve().parents[1] / "courses" / "tiny"
COURSE = ("--course", TINY)
WRONG = block("""
    def double(x):
        print('given', x)
        return 3 * x
""")
RIGHT = block("""
    def double(x):
        print('given', x)
        return 2 * x
""")


def grade(grader, source, *options):
    path = grader.write("ex01.py", source)
    return grader.run("grade", "ex01", path, *COURSE, *options)


def report_of(done):
    return json.loads(done.stdout)


def test_one_check_alone_is_run_and_counted(grader):
    done = grade(grader, WRONG, "--check", "test_number", "--json")
    report = report_of(done)
    assert done.returncode == 1
    assert [check["id"] for check in report["checks"]] == ["test_number"]
    assert report["partial"] is True
    assert report["maximum"] == report["reachable"] == report["checks"][0]["maximum"]
    assert report["hidden"] is None


def test_what_it_builds_on_is_not_asked_for(grader):
    report = report_of(grade(grader, RIGHT, "--check", "array", "--json"))
    assert [(c["id"], c["status"]) for c in report["checks"]] == [("test_array", "passed")]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "What you asked for is right: 2 of 2 points."),
        ("fr", "Ce que vous avez demandé est juste\xa0: 2 points sur 2."),
        ("ru", "Запрошенное верно. Баллов: 2 из 2."),
    ],
)
def test_a_part_that_is_right_is_not_called_all(grader, lang, told):
    done = grade(grader, RIGHT, "--check", "test_array", "--lang", lang, "--plain")
    assert done.stdout.splitlines()[1] == told


def test_several_are_named_one_by_one(grader):
    done = grade(grader, RIGHT, "--check", "number", "--check", "test_array", "--json")
    assert [check["id"] for check in report_of(done)["checks"]] == ["test_number", "test_array"]
    assert done.returncode == 0


@pytest.mark.parametrize("source", [RIGHT, WRONG])
def test_its_prints_are_shown_whether_it_passes_or_not(grader, source):
    done = grade(grader, source, "--check", "test_number", "--plain")
    assert "| given 3." in done.stdout


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["test_large", "large", "nothing", "", "test_"])
def test_a_name_that_means_no_displayed_check_lists_those_there_are(grader, name, lang):
    done = grade(grader, RIGHT, "--check", name, "--lang", lang)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "test_number" in done.stderr
    assert "test_array" in done.stderr
    assert "test_large" not in done.stderr.replace(f" {name}.", "")


def test_a_teacher_may_choose_a_hidden_check(grader):
    done = grade(grader, RIGHT, "--check", "test_large", "--audience", "teacher", "--json")
    assert [check["id"] for check in report_of(done)["checks"]] == ["test_large"]


def test_a_quiz_has_no_checks_to_choose_from(grader):
    done = grader.run("grade", "ex30", grader.write("ex30.yaml", "a: 1\n"), "--check", "a")
    assert done.returncode == 2
    assert "no checks" in done.stderr


def test_the_next_step_is_the_whole_exercise(grader):
    done = grade(grader, RIGHT, "--check", "number", "--plain")
    assert "grade ex01" in done.stdout.splitlines()[-1]
