"""Gradebooks that a disk has altered, places that are none, marks and names of every kind."""

import csv
import io
import random
import re
from decimal import Decimal

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from sqlalchemy import text
from support import samples

from grader.course.languages import LANGUAGES, Translator
from grader.gradebook.engine import database_url
from grader.gradebook.errors import (
    DamagedGradebookError,
    GradebookError,
    NotAGradebookError,
    UnknownStudentError,
    WrongMarkError,
)
from grader.gradebook.sheet import COLUMNS, sheet
from grader.gradebook.store import Store, SubmittedFile
from grader.gradebook.texts import error_sentence
from grader.gradebook.view import grade_lines, history_lines, open_line

ROUNDS = settings().max_examples // 4
STEERING = "\x1b\x9b\u202e\u2066\x07\r\n"
PIECES = [
    "\x1b[2J",
    "\u202e",
    "\ud800",
    "\0",
    "\\u0041",
    "\\",
    "=1",
    ";",
    "\n",
    "'",
    "{{who}}",
    "é",
    "Ж",
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), min_size=1, max_size=5).map("".join)


def filled(store):
    for number in range(6):
        report = samples.mixed()
        report.attempt = number % 2 + 1
        report.status = "needs_review" if number == 5 else "graded"
        file = SubmittedFile("ex11.py", b"x = %d\n" % number)
        store.record(report, f"s{number // 2}", f"Name {number}", file=file)
    store.mark("s1", "ex11", Decimal(3), "because", "me")
    assert store.seed >= 0


def everything(store):
    """Read all that a gradebook holds, and word it."""
    t = Translator("fr")
    grades = store.grades()
    lines = [*grade_lines(grades, t), *(open_line(item, t) for item in store.needs_review())]
    for student in store.students():
        lines += history_lines(store.history(student.id), t)
    for attempt in store.attempts():
        store.report(attempt)
        store.submission(attempt)
    return lines, sheet(grades), store.seed, store.policy


def told(error):
    return [error_sentence(error, Translator(lang)) for lang in LANGUAGES]


@pytest.mark.parametrize("seed", range(2))
def test_a_gradebook_that_a_disk_has_altered_is_read_or_told_of(seed, tmp_path):
    path = tmp_path / "gradebook.sqlite"
    with Store.open(path) as store:
        filled(store)
    whole = path.read_bytes()
    draw = random.Random(seed)  # noqa: S311
    endings = set()
    for _ in range(ROUNDS):
        data = bytearray(whole)
        for _ in range(draw.randrange(1, 5)):
            at = draw.randrange(draw.choice([4096, len(data)]))
            data[at : at + 1] = bytes([draw.randrange(256)])
        path.write_bytes(data[: draw.choice([len(data)] * 9 + [draw.randrange(len(data))])])
        try:
            with Store.open(path, create=False) as store:
                everything(store)
            endings.add("read")
        except (GradebookError, UnknownStudentError) as error:
            assert len(set(told(error))) == len(LANGUAGES)  # noqa: PT017
            endings.add(type(error).__name__)
    assert {"read", "DamagedGradebookError"} <= endings


@pytest.mark.parametrize("column", ["report", "status", "points", "seed"])
def test_a_column_that_holds_something_else_is_damage(column, tmp_path):
    path = tmp_path / "gradebook.sqlite"
    with Store.open(path) as store:
        filled(store)
        with store._engine.begin() as connection:
            connection.execute(text(f"UPDATE attempts SET {column} = x'ff00'"))  # noqa: S608
    with Store.open(path) as store, pytest.raises(DamagedGradebookError):
        everything(store)


def test_a_seed_that_is_none_is_damage(tmp_path):
    with Store.open(tmp_path / "gradebook.sqlite") as store:
        filled(store)
        with store._engine.begin() as connection:
            connection.execute(text("UPDATE settings SET value = 'seven' WHERE name = 'seed'"))
        with pytest.raises(DamagedGradebookError):
            _ = store.seed


urls = st.lists(
    st.sampled_from(
        [
            *("postgresql", "sqlite", "mysql", "://", ":", "/", "//", "@", "?", "=", "&", "%", "["),
            *(
                "]",
                "::1",
                "user",
                "secret",
                "localhost",
                "99999",
                "-1",
                "host",
                "\0",
                "\x1b[2J",
                " ",
            ),
        ]
    )
    | st.text(max_size=3),
    max_size=8,
).map("".join)


@given(urls)
def test_any_place_is_one_or_told_of_without_its_password(url):
    try:
        found = database_url(url)
    except NotAGradebookError as error:
        assert not set(STEERING) & set("".join(told(error)))  # noqa: PT017
        return
    assert found.drivername in {"sqlite", "postgresql+psycopg"}
    assert "\0" not in str(found.database)


def test_a_file_whose_name_is_not_utf8_is_a_gradebook(tmp_path):
    path = tmp_path / "\udcff.sqlite"
    with Store.open(path) as store:
        filled(store)
    assert path.exists()


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """One gradebook for all examples: to make one takes longer than to use it."""
    with Store.open(tmp_path_factory.mktemp("fuzzed") / "gradebook.sqlite") as store:
        yield store


@given(student=texts, name=texts, reason=texts)
def test_names_and_reasons_of_any_kind_are_kept_and_steer_nothing(student, name, reason, opened):
    opened.add_student(student, name)
    try:
        opened.mark(student, "ex11", Decimal(1), reason, name, Decimal(4))
    except WrongMarkError:
        assert not reason.strip()
        return
    history, grades = opened.history(student), [opened.grade(student, "ex11")]
    assert (history.student.id, history.student.name) == (student, name)
    assert history.marks[-1].reason == reason
    lines = [*history_lines(history, Translator("ru")), *grade_lines(grades, Translator("ru"))]
    assert not set(STEERING) & set("".join(line.text for line in lines))
    rows = list(csv.reader(io.StringIO(sheet(grades).decode("utf-8"), newline="")))
    assert [len(row) for row in rows] == [len(COLUMNS)] * 2
    assert not [cell for cell in rows[1] if re.search(r"""(?:^|[;,\t\r\n|])[\s"]*[=+\-@]""", cell)]


digits = st.text("0123456789.,eE+-_ NaIinft٣", max_size=8)


@given(
    number=st.decimals()
    | digits
    | st.sampled_from(["1e999999", "0e999999", "9." + "9" * 40, "1e-9"])
)
def test_a_mark_is_in_range_and_has_two_decimals(opened, number):
    try:
        points = Decimal(number)
    except ArithmeticError:
        return
    opened.add_student("7", "Ada")
    try:
        opened.mark("7", "ex11", points, "because", "me", Decimal(10))
    except WrongMarkError:
        return
    kept = opened.grade("7", "ex11").points
    assert kept == points
    assert 0 <= kept <= 10
    assert kept == round(kept, 2)
