"""`grader gradebook`, as a teacher runs it."""

import json
import os
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from support.languages import LANGUAGES, TRANSLATED
from support.terminal import talk
from support.text_blocks import block

from grader.cli.gradebook_review import source_lines
from grader.course.languages import Translator
from grader.gradebook.store import Store, SubmittedFile
from grader.report.models import Report

pytestmark = pytest.mark.slow

TINY = Path(__file__).resolve().parents[1] / "courses" / "tiny"
RIGHT = block("""
    def double(x):
        return 2 * x
""")
WRONG = block("""
    def double(x):
        return x * x
""")


@pytest.fixture
def book(grader, report):
    """A gradebook of two students, in the current folder of the program."""
    with Store.open(grader.folder / "gradebook.sqlite") as store:
        store.record(
            report(7), "s1", "Zoë Müller", late=True, file=SubmittedFile("ex11.py", b"x = 1")
        )
        kept = report(3, "needs_review", handed_in=None)
        store.record(
            kept, "s2", "\x1b[31mMax", file=SubmittedFile("ex11.py", b"print('mine')\x1b[2J\n")
        )
        store.add_student("s3", "=1+1")
    return grader


@pytest.fixture
def course(grader):
    """A copy of the tiny course, to be changed."""
    return Path(shutil.copytree(TINY, grader.folder / "course"))


def book_of(grader, *arguments, env=None):
    return grader.run("gradebook", *arguments, env=env)


def test_show_has_a_line_for_every_student_and_exercise(book):
    shown = book_of(book, "show").stdout
    assert "Zoë Müller (s1)\n  ex11  7 of 10  late\n" in shown
    assert "Max (s2)\n  ex11  3 of 10  needs review\n" in shown
    assert "=1+1 (s3)\n  ex11  0 of 10  not handed in\n" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("lang", TRANSLATED)
def test_show_speaks_the_language(book, lang):
    shown = book_of(book, "show", "--lang", lang).stdout
    t = Translator(lang)
    assert t("not handed in") in shown
    assert t("{{points}} of {{maximum}}", points=7, maximum=10) in shown
    assert "not handed in" not in shown


def test_data_for_programs(book):
    grades = json.loads(book_of(book, "show", "--json").stdout)
    assert [grade["points"] for grade in grades] == [7, 3, 0]
    assert grades[1]["name"] == "\x1b[31mMax"
    assert grades[0]["attempt"]["late"] is True
    assert "seed" not in json.dumps(grades)
    (open_,) = json.loads(book_of(book, "review", "--json").stdout)
    assert (open_["student"], open_["why"]) == ("s2", "needs_review")


def test_csv_on_the_output_or_into_a_file(book):
    printed = book_of(book, "csv").stdout
    assert "s3,'=1+1,ex11,missing,0,10," in printed
    assert book_of(book, "csv", "--bom", "--out", "grades.csv").stdout == ""
    written = (book.folder / "grades.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfstudent_id,name,exercise")
    refused = book_of(book, "csv", "--out", "missing/grades.csv")
    assert refused.returncode == 2
    assert "missing/grades.csv cannot be written: there is no such file" in refused.stderr


def test_a_mark_and_the_history(book):
    marked = book_of(book, "mark", "zoë müller", "ex11", "8,5", "--reason", "a joke", "--by", "Eve")
    assert "ex11  8.5 of 10  mark by Eve: a joke  late" in marked.stdout
    book_of(book, "mark", "s1", "ex11", "auto", "--reason", "enough", "--by", "Eve")
    told = book_of(book, "history", "s1").stdout
    assert "attempt 1" in told
    assert "8.5 of 10  mark by Eve: a joke" in told
    assert "given back to the judge by Eve: enough" in told
    data = json.loads(book_of(book, "history", "s1", "--json").stdout)
    assert [mark["points"] for mark in data["marks"]] == [8.5, None]
    assert "7 of 10" in book_of(book, "show").stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["mark", "s1", "ex11", "21", "--reason", "x"], "A mark is a number from 0 to 10"),
        (["mark", "s1", "ex11", "many", "--reason", "x"], "many is no number of points, nor auto."),
        (["mark", "s1", "ex11", "5"], "--reason is missing."),
        (["mark", "s1", "ex77", "5", "--reason", "x"], "There is no exercise ex77."),
        (["history", "Zoe Müller"], "no student Zoe Müller. Did you mean s1?"),
        (["policy", "worst"], "POLICY is one of: latest, best"),
        (["shwo"], "There is no command gradebook shwo. Did you mean show?"),
        (["show", "--gradebook", "none.sqlite"], "There is no gradebook none.sqlite."),
        (["show", "--gradebook", "mysql://h/d"], "mysql://h/d is no gradebook"),
    ],
)
def test_wrong_use_ends_in_a_sentence_and_code_2(book, arguments, sentence):
    done = book_of(book, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_the_policy_is_a_setting(book):
    assert book_of(book, "policy").stdout == "The latest attempt counts (latest).\n"
    assert book_of(book, "policy", "best").stdout == "The best attempt counts (best).\n"
    assert book_of(book, "policy", "--json").stdout == block("""
        {
          "policy": "best"
        }
    """)


def test_only_a_decision_makes_a_gradebook(grader):
    asked = grader.run("gradebook", "policy")
    assert asked.returncode == 2
    assert "There is no gradebook gradebook.sqlite." in asked.stderr
    assert not (grader.folder / "gradebook.sqlite").exists()
    assert grader.run("gradebook", "policy", "best").returncode == 0
    assert (grader.folder / "gradebook.sqlite").exists()


def test_the_environment_names_the_gradebook(book):
    (book.folder / "gradebook.sqlite").rename(book.folder / "class.sqlite")
    shown = book_of(book, "show", env={"GRADER_GRADEBOOK": "class.sqlite"})
    assert "Zoë Müller" in shown.stdout


def test_a_newer_gradebook_is_refused_with_a_sentence(book):
    with Store.open(book.folder / "gradebook.sqlite") as store:
        store._engine.connect().exec_driver_sql(
            "UPDATE gradebook_version SET version_num = '0999'"
        ).connection.commit()
    done = book_of(book, "show")
    assert done.returncode == 2
    assert "was written by a newer version of the grader (its tables are 0999)" in done.stderr


def test_a_server_that_is_not_there_is_code_3(grader):
    done = book_of(grader, "show", "--gradebook", f"postgresql://u:secret@/db?host={grader.folder}")
    assert done.returncode == 3
    assert "cannot be reached or written" in done.stderr
    assert "secret" not in done.stderr


def test_without_the_packages_there_is_a_sentence(grader):
    package = grader.folder / "shadow" / "sqlalchemy"
    package.mkdir(parents=True)
    absent = 'raise ModuleNotFoundError("No module named sqlalchemy", name="sqlalchemy")'
    (package / "__init__.py").write_text(absent)
    path = os.pathsep.join([str(package.parent), os.environ.get("PYTHONPATH", "")])
    done = book_of(grader, "show", env={"PYTHONPATH": path})
    assert done.returncode == 2
    assert "not installed: pip install 'nn-grader[gradebook]'" in done.stderr
    assert book_of(grader, "--help", env={"PYTHONPATH": path}).returncode == 0


def hand_in(grader, course, student, source):
    """Judge a file as a batch would, under the secret seed, and record it."""
    grader.write("ex01.py", source)
    with Store.open(grader.folder / "gradebook.sqlite") as store:
        done = grader.run(
            *("grade", "ex01", "ex01.py", "--course", course, "--seed", store.seed),
            *("--json", "--audience", "teacher"),
        )
        judged = Report.model_validate_json(done.stdout)
        file = SubmittedFile("ex01.py", source.encode())
        return store.record(judged, student, student.upper(), file=file)


def test_regrade_after_an_exercise_was_mended(grader, course):
    hand_in(grader, course, "right", RIGHT)
    hand_in(grader, course, "wrong", WRONG)
    hand_in(grader, course, "marked", WRONG)
    book_of(grader, "mark", "marked", "ex01", "3", "--reason", "oral", "--course", course)
    assert book_of(grader, "regrade", "--course", course).stdout.startswith(
        "There is nothing to judge"
    )

    # Squares are right now: whoever squared was judged by a broken exercise.
    reference = course / "answers/ex01_double/reference.py"
    reference.write_text(WRONG)
    dry = book_of(grader, "regrade", "--dry-run", "--course", course)
    assert dry.stdout.endswith("The gradebook was not changed.\n")
    assert "wrong" in dry.stdout
    shown = book_of(grader, "show").stdout
    assert "WRONG (wrong)\n  ex01  0 of 4\n" in shown

    done = book_of(grader, "regrade", "--course", course, "--out", "out", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    report = Report.model_validate_json(
        (grader.folder / "out/reports/wrong/ex01-1.json").read_bytes()
    )
    assert report.passed
    assert "3 of 3 done" in done.stderr
    assert "WRONG (wrong)  attempt 1  0 → 4: the exercise has changed" in done.stdout
    assert "RIGHT (right)  attempt 1  4 → 0: the exercise has changed" in done.stdout
    assert "the teacher's mark of 3 stays" in done.stdout
    assert "Judged again: 3. Changed: 3. Could not be judged: 0." in done.stdout
    shown = book_of(grader, "show").stdout
    assert "WRONG (wrong)\n  ex01  4 of 4\n" in shown
    assert "ex01  3 of 4  mark by" in shown
    assert "0 → 4" in book_of(grader, "history", "wrong").stdout


def test_a_regrade_that_fails_keeps_every_grade(grader, course):
    hand_in(grader, course, "right", RIGHT)
    (course / "answers/ex01_double/reference.py").write_text("this is no Python")
    done = book_of(grader, "regrade", "--course", course)
    assert done.returncode == 3
    assert "stays as it is: it could not be judged" in done.stdout
    assert "RIGHT (right)\n  ex01  4 of 4\n" in book_of(grader, "show").stdout


def test_review_walks_through_at_a_terminal(book):
    told = talk(
        book.folder,
        *("gradebook", "review", "--by", "Eve"),
        answers=["s", "many", "12", "7,5", " ", "a right idea"],
    )
    assert "[1/1]" in told
    assert "Max (s2)  attempt 1  needs review" in told
    assert "1  print('mine')\\x1b[2J" in told, "nothing is taken out of what was handed in"
    assert "\x1b[2J" not in told
    assert told.count("A mark is a number from 0 to 10") == 2
    assert "ex11  7.5 of 10  mark by Eve: a right idea" in book_of(book, "show").stdout
    assert book_of(book, "review").stdout == "Nothing needs review.\n"


def test_review_tells_what_could_be_reached(grader, report):
    with Store.open(grader.folder / "gradebook.sqlite") as store:
        part = report(3, "needs_review", reachable=Decimal(8))
        store.record(part, "s1", "Zoë", file=SubmittedFile("ex11.py", b"x = 1"))
    told = talk(grader.folder, "gradebook", "review", answers=["q"])
    assert "Points from 0 to 10 (now 3 of 8 in reach, 10 in all)" in " ".join(told.split())


@pytest.mark.parametrize("answer", ["", "q"])
def test_review_can_be_left(book, answer):
    talk(book.folder, "gradebook", "review", answers=[answer])
    assert "needs review" in book_of(book, "review").stdout


def test_where_nobody_can_be_asked_review_is_a_list(book):
    listed = book_of(book, "review").stdout
    assert listed == "ex11  Max (s2)  attempt 1  needs review\n"


def notebook(*cells):
    made = [{"cell_type": "code", "source": source} for source in cells]
    return json.dumps({"cells": made}).encode()


@pytest.mark.parametrize(
    ("name", "data", "lines"),
    [
        ("ex11.py", "#\u202e\nx = 'é'\n".encode(), ["1  #\\u202e", "2  x = 'é'"]),
        (
            "ex11.py",
            "# coding: cp1251\rx = 'слой'".encode("cp1251"),
            ["1  # coding: cp1251", "2  x = 'слой'"],
        ),
        ("ex11.py", b"\xef\xbb\xbfx = 1\r\n\ty = 2\r\n", ["1  x = 1", "2  \\ty = 2"]),
        (
            "ex11.ipynb",
            notebook("a = 1\nb = 2", "%matplotlib inline\nc = 3"),
            [
                "cell 1, line 1  a = 1",
                "cell 1, line 2  b = 2",
                "cell 2, line 1  pass",
                "cell 2, line 2  c = 3",
            ],
        ),
        (
            "ex11.py",
            b"#\x1b]\nimport torch\n#\x07\n\xff",
            [
                "This file cannot be read. Its bytes, as far as they are text:",
                "1  #\\x1b]",
                "2  import torch",
                "3  #\\x07",
                "4  \\xff",
            ],
        ),
        ("ex14.yaml", b"half: 0,25\n", ["1  half: 0,25"]),
    ],
)
def test_what_the_teacher_sees_is_what_ran(name, data, lines):
    assert source_lines(name, data, Translator("en")) == lines


def test_a_removal_is_told_and_undone(book):
    done = book_of(book, "remove", "attempt", "s1", "ex11", "1", "--reason", "wrong file")
    assert "Removed: s1, ex11, attempt 1 (attempts: 1, marks: 0)." in done.stdout
    assert "grader gradebook restore 1" in done.stdout
    assert "Zoë Müller (s1)\n  ex11  0 of 10  not handed in\n" in book_of(book, "show").stdout
    told = book_of(book, "history", "s1").stdout
    assert "removed (1)" in told
    assert "wrong file" in told
    assert "Undone:" in book_of(book, "restore", "1", "--by", "Ann").stdout
    assert "undone by Ann" in book_of(book, "removed").stdout
    assert "ex11  7 of 10" in book_of(book, "show").stdout


@pytest.mark.parametrize("lang", LANGUAGES)
def test_undoing_speaks_the_language(book, lang):
    t = Translator(lang)
    for arguments in (
        ("remove", "student", "s1", "--reason", "left"),
        ("merge", "s2", "s3", "--reason", "the same"),
        ("removed",),
        ("batches",),
        ("remove",),
    ):
        done = book_of(book, *arguments, "--lang", lang)
        assert done.returncode == 0, done.stderr
        assert "{{" not in done.stdout
    nothing = book_of(book, "remove", "batch", "77", "--reason", "x", "--lang", lang)
    assert nothing.returncode == 2
    assert (
        t("Give a reason: it is kept with what was removed or merged.")
        in book_of(book, "remove", "student", "s2", "--reason", " ", "--lang", lang).stderr
    )


def test_a_bonus_takes_an_option_of_its_own(book):
    refused = book_of(book, "mark", "s1", "ex11", "12", "--reason", "more")
    assert refused.returncode == 2
    assert "More than that takes --bonus." in refused.stderr
    given = book_of(book, "mark", "s1", "ex11", "12", "--reason", "more", "--bonus")
    assert "ex11  12 of 10  mark by" in given.stdout


def test_a_mark_given_and_taken_off_leaves_no_exercise_behind(book):
    before = book_of(book, "show").stdout
    book_of(book, "mark", "s1", "ex14", "4", "--reason", "typo")
    assert "ex14" in book_of(book, "show").stdout
    book_of(book, "mark", "s1", "ex14", "auto", "--reason", "undone")
    assert book_of(book, "show").stdout == before
