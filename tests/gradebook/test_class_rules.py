"""The rules of a class on a gradebook: computed whenever it is read, stored nowhere."""

import csv
import io
from decimal import Decimal

import pytest

from grader.classroom.reading import read_class
from grader.course.languages import Translator
from grader.gradebook.sheet import COLUMNS, RULES_COLUMNS, sheet
from grader.gradebook.store import Store
from grader.gradebook.students_rules import of_gradebook
from grader.gradebook.totals import wide_sheet
from grader.gradebook.undo import Decision, Undo
from grader.gradebook.view import grade_data, grade_lines
from grader.gradebook.view_wide import spoken_lines, wide_lines

LATE = "deadline: 2026-11-20T10:00Z\npenalty: 10%\n"
TIME = "2026-11-22T10:00:00+00:00"


@pytest.fixture
def book(tmp_path):
    with Store.open(tmp_path / "g.sqlite") as opened:
        yield opened


@pytest.fixture
def under(book, tmp_path):
    """Return the grades under the rules of a text, by student and exercise."""

    def under(text):
        (tmp_path / "class.yaml").write_text(text, encoding="utf-8")
        rules = of_gradebook(book, read_class(tmp_path / "class.yaml"))
        return {
            (grade.student, grade.exercise): grade
            for grade in book.grades(every_id=True, rules=rules)
        }

    return under


def test_another_rule_regrades_nobody(book, under, report):
    book.record(report(8), "s1", "Zoë", submitted_at=TIME)
    before = book.attempts()[0].report_hash, book.attempts()[0].points
    assert under(LATE)["s1", "ex11"].entered == 6
    assert under("penalty: 50%\n" + LATE.replace("penalty: 10%", ""))["s1", "ex11"].entered == 0
    assert under(LATE + "of: reached")["s1", "ex11"].entered == Decimal("6.4")
    assert under("")["s1", "ex11"].entered == 8
    assert book.grades()[0].entered == 8
    assert (book.attempts()[0].report_hash, book.attempts()[0].points) == before


def test_all_attempts_of_all_batches_are_looked_at(book, under, report):
    for number, (points, day) in enumerate(((5, 18), (9, 19), (10, 25)), 1):
        made = report(points, handed_in=str(number), attempt=number)
        book.record(made, "s1", "Zoë", submitted_at=f"2026-11-{day}T10:00:00+00:00")
    assert under(LATE + "counts: best")["s1", "ex11"].after == 9
    assert under(LATE + "counts: first")["s1", "ex11"].after == 5
    assert under(LATE)["s1", "ex11"].after == 5  # 10 − 5 · 1
    assert under(LATE + "attempts: 2")["s1", "ex11"].after == 9
    book.set_policy("best")
    assert under(LATE)["s1", "ex11"].after == 9


def test_a_mark_of_the_teacher_is_final(book, under, report):
    book.record(report(8), "s1", "Zoë", submitted_at=TIME)
    book.mark("s1", "ex11", Decimal(7), "oral", "Eve")
    grade = under(LATE)["s1", "ex11"]
    assert (grade.after, grade.entered, grade.status) == (7, 7, "marked")


def test_what_waits_for_a_review_stays_held_back(book, under, report):
    book.record(report(3, "needs_review"), "s1", "Zoë", submitted_at=TIME)
    assert under(LATE)["s1", "ex11"].entered is None


def test_a_team_has_one_grade_whoever_handed_in(book, under, report):
    book.record(report(8), "s1", "Zoë", submitted_at="2026-11-19T10:00:00+00:00")
    book.add_student("s2", "Max")
    book.add_student("s3", "Cy")
    found = under("teams: {Duo: [s1, Max]}\n" + LATE)
    assert [found[one, "ex11"].entered for one in ("s1", "s2", "s3")] == [8, 8, 0]
    assert found["s2", "ex11"].status == "graded"
    assert found["s3", "ex11"].status == "missing"
    book.mark("s2", "ex11", Decimal(2), "did nothing", "Eve", Decimal(10))
    found = under("teams: {Duo: [s1, Max]}\n" + LATE)
    assert [found[one, "ex11"].entered for one in ("s1", "s2")] == [8, 2]


def test_merged_ids_are_one_student_and_removed_work_counts_for_nobody(book, under, report):
    book.record(report(8), "old", "Zoë", submitted_at=TIME)
    book.add_student("new", "Zoë M")
    book.add_student("s2", "Max")
    decision = Decision("same", "Eve")
    Undo(book).merge("old", "new", decision)
    text = f"{LATE}extensions: {{old: 5 days}}\nteams: {{Duo: [old, s2]}}"
    found = under(text)
    assert {found[one, "ex11"].entered for one in ("old", "new", "s2")} == {8}
    Undo(book).remove_student("new", decision)
    book.record(report(5), "s3", "Cy", submitted_at=TIME)
    assert under(text)["s2", "ex11"].status == "missing"


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_the_tables_have_both_numbers(book, under, report):
    book.record(report(8), "s1", "Zoë", submitted_at=TIME)
    book.add_student("s2", "=1+1")
    grades = [*under("teams: {Duo: [s1, s2]}\n" + LATE).values()]
    first, second = rows(sheet(grades))
    assert tuple(first) == (*COLUMNS, *RULES_COLUMNS)
    names = ("points", "entered", *RULES_COLUMNS)
    assert [first[name] for name in names] == ["8", "6", "2", "2", "6", "Duo", ""]
    assert [second[name] for name in names] == ["8", "6", "2", "2", "6", "Duo", "s1"]
    told = [line.text for line in grade_lines(grades, Translator("en"))]
    assert told[1] == "  ex11  8 of 10  team Duo  2 days late  −2 (20%), so 6"
    assert told[3].endswith("handed in by s1  2 days late  −2 (20%), so 6")
    data = grade_data(grades[0])["rules"]
    assert data == {"team": "Duo", "days_late": 2, "after": 6.0, "tries": 1, "over": 0}
    assert tuple(rows(sheet(book.grades()))[0]) == COLUMNS


@pytest.fixture
def two_exercises(book, report):
    book.record(report(8), "s1", "Zoë", submitted_at=TIME)
    other = report("2.5")
    other.exercise.id = "ex12"
    book.record(other, "s1", "Zoë")
    book.record(report(4, "needs_review"), "s2", "=1+1")
    return book


def test_the_wide_table_has_a_row_for_each_student(two_exercises, under):
    plain = rows(wide_sheet(two_exercises.grades(), ruled=False))
    zoe = {"ex11": "8", "ex12": "2.5", "total": "10.5", "maximum": "20", "undecided": "0"}
    max_ = {"ex11": "4", "ex12": "0", "total": "4", "maximum": "20", "undecided": "1"}
    assert plain == [
        {"student_id": "s1", "name": "Zoë", **zoe},
        {"student_id": "s2", "name": "'=1+1", **max_},
    ]
    first = rows(wide_sheet([*under(LATE).values()], ruled=True))[0]
    assert (first["ex11"], first["ex11_after_rules"]) == ("8", "6")
    assert (first["total"], first["total_after_rules"]) == ("10.5", "8.5")


@pytest.mark.usefixtures("two_exercises")
def test_the_wide_table_on_a_screen_fits_it(under):
    grades = [*under(LATE).values()]
    t = Translator("en")
    assert [line.text for line in wide_lines(grades, t, 80)] == [
        "            ex11  ex12       total  maximum",
        "Zoë (s1)   8 → 6   2.5  10.5 → 8.5       20",
        "=1+1 (s2)      4     0           4       20",
    ]
    narrow = [line.text for line in wide_lines(grades, t, 24)]
    assert max(map(len, narrow)) <= 24
    assert sum("Zoë (s1)" in line for line in narrow) == 3
    spoken = [line.text for line in spoken_lines(grades, t)]
    assert spoken[0] == "Zoë (s1): ex11 8 → 6; ex12 2.5; total 10.5 → 8.5 of 20"
    assert spoken[1].endswith("total 4 of 20 (1 not decided yet)")


def test_whoever_has_several_grades_has_a_total(two_exercises):
    told = [line.text for line in grade_lines(two_exercises.grades(), Translator("fr"))]
    assert told[3] == "  total 10,5 sur 20"


def test_the_history_tells_what_the_rules_make_of_each_attempt(book, under, report):
    from grader.gradebook.class_rules import ruled_attempts  # noqa: PLC0415
    from grader.gradebook.view import history_lines  # noqa: PLC0415

    for number, day in ((1, 19), (2, 22)):
        made = report(8, handed_in=str(number), attempt=number)
        book.record(made, "s1", "Zoë", submitted_at=f"2026-11-{day}T10:00:00+00:00")
    grades = under(f"{LATE}attempts: 1").values()
    history = book.history("s1")
    ruled = ruled_attempts(history.attempts, grades)
    _, first, second = [line.text for line in history_lines(history, Translator("en"), ruled)]
    assert first.endswith("8 of 10  graded")
    assert second.endswith("8 of 10  graded  one too many  2 days late  −2 (20%), so 6")
