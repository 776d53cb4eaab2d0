"""The grades that a batch writes for a site: by its numbers, and by the same rules as files."""

from decimal import Decimal

import pytest

from grader.batch.errors import BatchError
from grader.batch.lms.downloads.moodle_web import owner_of
from grader.batch.lms.export import ExportTask
from grader.batch.lms.exports.moodle_web import MoodleWebExport
from grader.batch.models import GradeRow
from grader.batch.outputs.rules import Rules, Worth
from grader.course.languages import Translator
from grader.moodle.grade_sheet import SHEET, read_sheet
from grader.moodle.manifest import (
    MANIFEST,
    FetchedAssignment,
    FetchedGrade,
    FetchedSubmission,
    Manifest,
    Person,
)

FOUR = {"ex01": Worth(Decimal(4), Decimal(4))}


def row(student, points, name="", status="graded"):
    return GradeRow(student, name, "ex01", status, Decimal(points), Decimal(4))


@pytest.fixture
def written(tmp_path):
    """Write grades for people; returns the entries by user, and what is told."""

    def write(rows, rules=None, *, comments=(), pages=None, owners=(), team=False, **changes):
        people = (
            Person(id=17, name="Ada One", ids=("S-17",), team=7),
            Person(id=18, name="Bob Two", ids=("18@x.org",), team=7),
            Person(id=19, name="Bob Two", team=8, extension=2_000_000_000),
        )
        given = {
            "site": "https://m.example.org",
            "fetched_by": 1,
            "fetched_by_name": "T",
            "fetched_at": "2026-11-30T10:00:00+00:00",
            "complete": True,
            "people": people,
            "teams": {7: "Green", 8: "Red"},
            "assignment": FetchedAssignment(
                id=5, cmid=42, name="A", course=3, course_name="C", maximum=4, team=team
            ),
            **changes,
        }
        path = tmp_path / MANIFEST
        path.write_text(Manifest(**given).model_dump_json(), encoding="utf-8")
        owned = {student: owner_of(people[at]) for student, at in owners}
        export = MoodleWebExport(ExportTask(FOUR, path, owners=owned), rules or Rules())
        export.comments_by_student, export.pages_by_student = dict(comments), pages or {}
        told = export.write(rows, [], tmp_path)
        return {one.user: one for one in read_sheet(tmp_path / SHEET).grades}, told

    return write


def reasons(told):
    return {one.student: one.reason for one in told.kept}


def handed_in(user, status="submitted", attempt=0):
    return FetchedSubmission(
        id=1000 + user, user=user, team=0, attempt=attempt, status=status, modified=1
    )


def test_who_has_handed_in_is_known_by_the_files_whatever_the_id(written):
    rows = [row("4711", 3, "One, A."), row("S-17", 2, "Somebody")]
    entries, told = written(rows, owners=[("4711", 0), ("S-17", 1)])
    assert {user: one.points for user, one in entries.items()} == {17: 3, 18: 2}
    assert told.changed == 2


def test_whoever_is_known_by_an_id_alone_must_have_the_name(written):
    entries, told = written([row("S-17", 3, "Ada One"), row("18@x.org", 2, "Zed")])
    assert list(entries) == [17]
    assert reasons(told) == {"Zed": "stranger"}
    entries, told = written([row("17", 3, "Ada One"), row("Bob Two", 3, "Bob Two")])
    assert (entries, reasons(told)) == ({}, {"Ada One": "stranger", "Bob Two": "stranger"})


def test_two_for_one_person_are_listed(written):
    entries, told = written([row("a", 3), row("b", 2)], owners=[("a", 0), ("b", 0)])
    assert (entries, reasons(told)) == ({}, {"Ada One": "ambiguous"})


@pytest.mark.parametrize("status", ["draft", "reopened"])
def test_what_is_not_handed_in_gets_no_grade(status, written):
    entries, told = written([row("S-17", 3, "Ada One")], submissions=(handed_in(17, status),))
    assert (entries, reasons(told)) == ({}, {"Ada One": status})


def test_nobody_with_more_time_gets_a_zero(written):
    missing = row("user-19", 0, "Bob Two", "missing")
    rules = Rules(zero=frozenset({"missing"}))
    entries, told = written([missing], rules)
    assert (entries, reasons(told)) == ({}, {"Bob Two": "extension"})
    over = {"fetched_at": "2040-01-01T00:00:00+00:00"}
    entries, _ = written([missing], rules, **over)
    assert entries[19].points == 0


def test_a_grade_does_not_fall_in_silence(written):
    held = (FetchedGrade(user=17, attempt=0, points=Decimal("3.5"), modified=1),)
    entries, told = written([row("S-17", 3, "Ada One")], grades=held)
    assert (entries, reasons(told)) == ({}, {"Ada One": "lower"})
    entries, _ = written([row("S-17", 3, "Ada One")], Rules(allow_lower=True), grades=held)
    assert entries[17].points == 3


@pytest.mark.parametrize(("maximum", "scale"), [(100, False), (None, True), (None, False)])
def test_another_maximum_or_a_scale_is_refused(maximum, scale, written):
    assignment = FetchedAssignment(
        id=5, cmid=42, name="A", course=3, course_name="C", maximum=maximum
    )
    with pytest.raises(BatchError):
        written([row("S-17", 3)], Rules(scale=scale), assignment=assignment)


def test_points_are_converted_when_asked_for(written):
    assignment = FetchedAssignment(id=5, cmid=42, name="A", course=3, course_name="C", maximum=100)
    entries, _ = written([row("S-17", 3, "Ada One")], Rules(scale=True), assignment=assignment)
    assert entries[17].points == 75


def test_the_attempt_that_was_graded_gets_the_grade(written):
    entries, _ = written([row("S-17", 3, "Ada One")], submissions=(handed_in(17, attempt=2),))
    assert entries[17].attempt == 2


def test_a_team_whose_members_get_the_same_is_one_grade(written, tmp_path):
    rows = [row("S-17", 3, "Ada One"), row("18@x.org", 3, "Bob Two"), row("user-19", 2, "Bob Two")]
    for name in ("a", "b"):
        (tmp_path / name).write_text("page", encoding="utf-8")
    pages = {"S-17": "a", "18@x.org": "b"}
    entries, _ = written(rows, team=True, pages=pages, comments=[("S-17", "x"), ("18@x.org", "x")])
    assert [(user, one.members, one.name) for user, one in entries.items()] == [
        (17, (17, 18), "Green"),
        (19, (19,), "Red"),
    ]


def test_members_who_get_different_things_get_them_one_by_one(written, tmp_path):
    for name, text in (("a", "en"), ("b", "fr")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    same = [row("S-17", 3, "Ada One"), row("18@x.org", 3, "Bob Two")]
    other = [row("S-17", 3, "Ada One"), row("18@x.org", 2, "Bob Two")]
    alone = [row("S-17", 3, "Ada One")]  # the other member would get it as well
    for rows, pages in ((same, {"S-17": "a", "18@x.org": "b"}), (other, {}), (alone, {})):
        entries, _ = written(rows, team=True, pages=pages)
        assert [one.members for one in entries.values()] == [()] * len(rows)


def test_comments_and_pages_go_along_where_there_are_any(written):
    rows = [row("S-17", 3, "Ada One"), row("18@x.org", 3, "Bob Two")]
    entries, _ = written(rows, comments=[("S-17", "<p>x</p>")], pages={"S-17": "feedback/a.html"})
    assert (entries[17].comment, entries[17].page) == ("<p>x</p>", "feedback/a.html")
    assert (entries[18].comment, entries[18].page) == (None, None)


@pytest.mark.parametrize("text", ["", "{}", "Identifier,Grade\n", None])
def test_a_template_that_was_not_fetched_is_refused(text, tmp_path):
    path = tmp_path / "template.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(BatchError) as caught:
        MoodleWebExport(ExportTask(FOUR, path), Rules())
    assert "template.json" in caught.value.sentence(Translator("en"))


def test_a_class_of_strangers_is_refused_before_anything_is_judged(tmp_path, written):
    written([row("S-17", 3, "Ada One")])
    export = MoodleWebExport(ExportTask(FOUR, tmp_path / MANIFEST), Rules())
    export.refuse_strangers({"S-17": "Ada One", "x": "Zed"})
    with pytest.raises(BatchError):
        export.refuse_strangers({"x": "Zed"})
