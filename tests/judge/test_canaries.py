"""Hidden stays hidden: a canary in every corner of the hidden checks, and no student hears one."""

import json
import re

import pytest
from support.languages import LANGUAGES
from support.text_blocks import block

pytestmark = pytest.mark.slow

CANARY_CHECKS = """
def test_shown(student):
    assert_close(student.double(3.0), 6.0)


@needs("test_canary_raises")
def test_needs_hidden(student):
    assert_close(student.double(3.0), 6.0)


@hidden
def test_canary_raises(student):
    student.double("canary argument")


@hidden
def test_canary_fails(student):
    student.double("canary in vain")
    fail("canary_feedback", secret="canary argument of a message")


@hidden
def test_canary_assert(student):
    assert student.double(1.0) == 3.0, "canary of an assertion"


@held_back
def test_canary_crash(student):
    student.double(["canary", "crash"])


@hidden
def test_canary_timeout(student):
    student.double(("canary", "timeout"))


@hidden
def test_canary_value(student, remark):
    remark("canary_remark")
    assert_close(student.double(4.0), {"canary": 1.0})


@hidden
def test_canary_remarked(student, remark):
    remark("canary_remark")
    assert_close(student.double(4.0), 8.0)
"""
ECHO = """
import os
import pathlib
import sys


def double(x):
    print(x)
    print(x, file=sys.stderr)
    os.write(1, repr(x).encode())
    os.write(2, repr(x).encode())
    pathlib.Path("note").write_text(repr(x))
    sys.modules["os"].last = x
    if isinstance(x, list):
        os._exit(1)
    while isinstance(x, tuple):
        pass
    if isinstance(x, str) and "vain" not in x:
        raise ValueError(x)
    return 2 * x
"""
PROSE = """\
---
title: Twice as much
checks:
  test_shown: Shown
  test_needs_hidden: Builds on another
  test_canary_raises: A canary title
  test_canary_fails: A canary title
  test_canary_assert: A canary title
  test_canary_crash: A canary title
  test_canary_timeout: A canary title
  test_canary_value: A canary title
  test_canary_remarked: A canary title
hints:
  - Think.
feedback:
  canary_feedback: A canary sentence with {{secret}}.
  canary_mistake: A canary mistake.
remarks:
  canary_remark: A canary remark.
---

Write `double(x)`.
"""


@pytest.fixture
def canaries(court, grader):
    """The tiny course with canaries in all that is hidden, and how a student meets it."""
    court.exercise(
        CANARY_CHECKS, wrong={"canary_mistake": ECHO}, limits={"cpu_seconds": 0.2}, remarks=[]
    )
    for lang in LANGUAGES:
        court.write(f"i18n/{lang}/ex01_double.md", PROSE)
    grader.write("ex01.py", ECHO)
    return lambda *arguments: grader.run("--course", court.root, *arguments)


def sung(done):
    lines = (done.stdout + done.stderr).splitlines()
    # Commands name the course as they were told it, and its folder is called after the test.
    told = [re.sub(r"/\S+/course\b", "", line) for line in lines]
    return [line for line in told if "canary" in line.lower()]


def test_the_teacher_sees_every_canary(canaries):
    done = canaries("grade", "ex01", "ex01.py", "--json", "--audience", "teacher")
    report = json.loads(done.stdout)
    results = {check["id"]: check for check in report["checks"]}
    assert {name: check["status"] for name, check in results.items()} == {
        "test_shown": "passed",
        "test_needs_hidden": "not_run",
        "test_canary_raises": "error",
        "test_canary_fails": "failed",
        "test_canary_assert": "failed",
        "test_canary_crash": "crash",
        "test_canary_timeout": "timeout",
        "test_canary_value": "failed",
        "test_canary_remarked": "passed",
    }
    assert "canary argument" in done.stdout
    assert "canary" not in report["output"]["text"]


@pytest.mark.parametrize(
    ("lang", "form"), [("en", "--json"), ("en", "--plain"), ("fr", "--plain"), ("ru", "--json")]
)
def test_a_student_sees_no_canary(canaries, lang, form):
    for more in ([], ["--all"]):
        done = canaries("grade", "ex01", "ex01.py", form, "--lang", lang, *more)
        assert done.returncode == 1
        assert done.stdout
        assert sung(done) == []


@pytest.mark.parametrize(
    "command", [["show", "ex01"], ["list"], ["hint", "ex01"], ["show", "ex01", "--json"]]
)
def test_no_other_command_sings(canaries, command):
    done = canaries(*command)
    assert done.returncode == 0, done.stderr
    assert sung(done) == []


def test_a_report_shown_again_sings_no_more_than_the_first_time(canaries, grader):
    made = canaries("grade", "ex01", "ex01.py", "--json", "--audience", "teacher").stdout
    path = grader.write("report.json", made)
    for form in ([], ["--all"], ["--json"]):
        done = canaries("report", path, "--audience", "student", *form)
        assert done.stdout
        assert sung(done) == []


BROKEN = block("""


    @hidden
    def test_canary_broken(student):
""")
BROKEN_HIDDEN = {
    "a check that breaks": (f"{BROKEN}    raise KeyError('canary key')\n", True),
    "a check that is not listed": (f"{BROKEN}    raise KeyError('canary key')\n", False),
    "a file that is no Python": (f"{BROKEN}    canary = = 'canary'\n", True),
    "a file that breaks": ("\n\nraise ValueError('canary', 'canary argument')\n", False),
}


@pytest.mark.parametrize("form", ["--json", "--plain"])
@pytest.mark.parametrize(("more", "listed"), BROKEN_HIDDEN.values(), ids=BROKEN_HIDDEN)
def test_a_broken_course_sings_to_its_author_alone(court, canaries, more, listed, form):
    path = court.root / "exercises/ex01_double/checks.py"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    if listed:
        model = court.root / "exercises/ex01_double/exercise.yaml"
        text = model.read_text(encoding="utf-8")
        with_it = text.replace("  test_shown: 1\n", "  test_shown: 1\n  test_canary_broken: 1\n")
        model.write_text(with_it, encoding="utf-8")
    done = canaries("grade", "ex01", "ex01.py", form)
    assert done.stdout + done.stderr
    assert sung(done) == []
