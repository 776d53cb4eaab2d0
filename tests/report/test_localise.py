from decimal import Decimal

import pytest
from support import samples
from support.languages import LANGUAGES

from grader.course.loading import Course
from grader.report.localise import localise
from grader.report.models import Report


@pytest.fixture
def report(course):
    return samples.report(
        samples.check("test_one_sample", remarks=[samples.message("exercise.loop")]),
        samples.check(
            "test_batch",
            "failed",
            3,
            feedback=[
                samples.message("exercise.axis_zero"),
                samples.message("exercise.rows", n=3),
                samples.message("compare.shape", got="(3,)", expected="(3, 4)"),
            ],
        ),
        text_hash=course.exercise("ex11").text_hash,
    )


def texts(check):
    return [message.text for message in (*check.feedback, *check.remarks)]


def test_every_text_is_filled_in(report, course):
    told = localise(report, course, "en")
    assert told.lang == "en"
    assert told.exercise.title == "Softmax"
    assert told.headline.text.startswith("2 of 5 points")
    one, batch = told.checks
    assert one.title == "One sample"
    assert texts(one) == ["A loop works; indexing is shorter."]
    assert batch.title == "A batch, row by row"
    axis, rows, shape = texts(batch)
    assert axis == "You sum over the wrong axis. Sum each row."
    assert rows == "3 rows are wrong."
    assert shape.startswith("The result has the shape (3,), where (3, 4) is expected.")


def test_the_given_report_stays_as_it_is(report, course):
    before = report.model_dump()
    localise(report, course, "ru")
    assert report.model_dump() == before


def test_again_in_another_language_without_judging(report, course):
    english = localise(report, course, "en")
    stored = Report.model_validate_json(english.model_dump_json())
    russian = localise(stored, course, "ru")
    assert russian.model_dump() == localise(report, course, "ru").model_dump()
    assert russian.checks[1].title == "Пакет, строка за строкой"
    assert texts(russian.checks[1])[:2] == [
        "Вы суммируете не по той оси. Суммируйте по строкам.",
        "3 строки неверны.",
    ]
    assert localise(russian, course, "en").model_dump() == english.model_dump()


def test_points_and_ids_are_the_same_in_every_language(report, course):
    told = [localise(report, course, lang) for lang in LANGUAGES]
    assert {(one.reached, one.maximum, one.status) for one in told} == {
        (Decimal(2), Decimal(5), "graded")
    }
    assert len({str([m.id for c in one.checks for m in c.feedback]) for one in told}) == 1


def test_a_missing_translation_falls_back_to_english(report, course):
    french = localise(report, course, "fr")
    assert french.exercise.title == "Softmax"
    assert texts(french.checks[1])[0] == "You sum over the wrong axis. Sum each row."
    assert texts(french.checks[1])[2].startswith("Le résultat est de forme (3,)")


def test_when_the_course_has_changed_the_stored_texts_stay(report, course):
    english = localise(report, course, "en")
    file = course.exercise("ex11").prose_file("en")
    file.write_text(file.read_text().replace("wrong axis", "first axis"), encoding="utf-8")
    later = localise(english, Course(course.root), "ru")
    assert later.exercise.title == "Softmax"
    assert texts(later.checks[1])[0] == "You sum over the wrong axis. Sum each row."
    assert texts(later.checks[1])[2].startswith("Форма результата")


@pytest.mark.parametrize("other", ["id", "course", "none", "broken"])
def test_with_another_course_the_stored_texts_stay(report, course, other):
    stored = localise(report, course, "en")
    given = course
    if other == "id":
        stored.exercise.id = "ex99"
    if other == "course":
        stored.exercise.course = "another"
    if other == "none":
        given = None
    if other == "broken":
        course.exercise("ex11").prose_file("ru").write_text("no front matter", encoding="utf-8")
        given = Course(course.root)
    told = localise(stored, given, "ru")
    assert texts(told.checks[1])[0] == "You sum over the wrong axis. Sum each row."
    assert told.headline.text.startswith("Баллов: 2 из 5")


def test_an_unknown_message_keeps_its_text():
    report = samples.all_right()
    report.headline.id = "headline.of_a_later_version"
    report.headline.text = "A stored sentence."
    assert localise(report, None, "ru").headline.text == "A stored sentence."
    report.headline.text = ""
    assert "headline.of_a_later_version" in localise(report, None, "ru").headline.text


def test_a_needed_check_is_called_by_its_title(course):
    needed = samples.check("test_batch", "failed")
    waiting = samples.check(
        "test_other",
        "not_run",
        reason="needs",
        feedback=[samples.message("not_run.needs", check="test_batch")],
    )
    hash_ = course.exercise("ex11").text_hash
    told = localise(samples.report(needed, waiting, text_hash=hash_), course, "ru")
    assert "«Пакет, строка за строкой»" in told.checks[1].feedback[0].text
