"""Attempts are counted and spaced out by the rules of a class; what was not judged is none."""

import datetime as dt
import json

import pytest
from support.text_blocks import block
from support.tree import TINY

from grader.classroom.reading import read_class
from grader.jobe.attempts import Attempts
from grader.jobe.errors import AttemptsFileError, RefusedError

RULES = """\
timezone: UTC
attempts: 3
pause: 10 min
teams:
  Both: [7, 8]
exercises:
  ex02: {attempts: unlimited, pause: 0 min, teams: {}}
"""
RIGHT = block("""
    def double(x):
        return 2 * x
""")


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self):
        self.at = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)

    def __call__(self):
        return self.at


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def opened(tmp_path, clock):
    """Open a file of attempts; the one before is closed, as when a server ends."""
    (tmp_path / "class.yaml").write_text(RULES)
    rules = read_class(tmp_path / "class.yaml")
    last = []

    def one():
        for attempts in last:
            attempts.close()
        last[:] = [Attempts(rules, tmp_path / "attempts", clock)]
        return last[0]

    yield one
    for attempts in last:
        attempts.close()


def refused(attempts, student="49", exercise="ex01"):
    with pytest.raises(RefusedError) as error, attempts.attempt(student, exercise):
        pytest.fail("it was admitted")
    return error.value.status, error.value.sentence


def test_there_is_a_pause_between_attempts_and_an_end_to_them(opened, clock):
    attempts = opened()
    for _ in range(2):
        with attempts.attempt("49", "ex01"):
            assert refused(attempts) == (401, "The next attempt may be made in 600 seconds.")
        clock.at += dt.timedelta(minutes=10)
    with attempts.attempt("49", "ex01"), attempts.attempt("50", "ex01"):
        pass
    clock.at += dt.timedelta(days=30)
    assert refused(attempts) == (401, "There are no attempts left.")


def test_a_restart_forgets_nothing(opened):
    with opened().attempt("49", "ex01"):
        pass
    assert refused(opened())[0] == 401


def test_what_was_not_judged_is_no_attempt(opened, tmp_path):
    attempts = opened()
    with pytest.raises(RefusedError), attempts.attempt("49", "ex01"):
        raise RefusedError(503, "a fault of the grader")
    with attempts.attempt("49", "ex01"):
        pass
    assert len((tmp_path / "attempts").read_text().splitlines()) == 1


def test_a_team_has_its_attempts_together(opened):
    attempts = opened()
    with attempts.attempt("7", "ex01"):
        pass
    assert refused(attempts, "8")[0] == 401


def test_without_a_limit_nobody_needs_to_be_known(opened):
    with opened().attempt(None, "ex02"):
        pass


def test_with_one_the_question_must_tell_whose_attempt_it_is(opened):
    status, said = refused(opened(), None)
    assert status == 400
    assert "--students" in said
    assert said.isascii()


def test_a_line_that_was_cut_off_costs_nothing_else(opened, tmp_path):
    with opened().attempt("49", "ex01"):
        pass
    with (tmp_path / "attempts").open("a") as file:
        file.write('{"student": "5')
    attempts = opened()
    assert refused(attempts)[0] == 401
    with attempts.attempt("50", "ex01"):
        pass
    last = (tmp_path / "attempts").read_text().splitlines()[-1]
    assert json.loads(last)["student"] == "50"


@pytest.mark.parametrize("text", ["[]\n", "nothing\n", '{"at": "2026-11-20T12:00:00"}\n'])
def test_another_file_is_refused_and_kept(opened, tmp_path, text):
    (tmp_path / "attempts").write_text(text)
    with pytest.raises(AttemptsFileError):
        opened()
    assert (tmp_path / "attempts").read_text() == text


def test_two_servers_never_share_a_file(opened, tmp_path, clock):
    opened()
    with pytest.raises(AttemptsFileError, match="in use"):
        Attempts(read_class(tmp_path / "class.yaml"), tmp_path / "attempts", clock)


def test_a_server_refuses_a_student_who_has_tried_and_no_other(serve, tmp_path):
    (tmp_path / "class.yaml").write_text(RULES)
    rules = ("--class", str(tmp_path / "class.yaml"), "--attempts", str(tmp_path / "attempts"))
    server = serve("--course", str(TINY), *rules)
    assert server.check("ex01", RIGHT, student=49)[1]["outcome"] == 15
    # CodeRunner takes 401 for "Sandbox submission limit reached": no mark, and no attempt.
    assert server.check("ex01", RIGHT, student=49)[0] == 401
    assert server.check("ex01", RIGHT, student="50")[1]["outcome"] == 15
