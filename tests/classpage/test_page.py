"""The class page: what it tells, of whom, and that a stranger's text is text on it."""

from decimal import Decimal

import pytest
from support.languages import LANGUAGES
from support.pages import HOSTILE, Seen

from grader.classpage.findings import check_scores, mistakes
from grader.classpage.page import class_page
from grader.classpage.view import class_view
from grader.course.languages import Translator
from grader.report.models import Message, ShownArgument, ShownCall

TITLES = {"ex11": "Softmax", "ex12": "Loss"}
P, F = "passed", "failed"


def viewed(answers, lang="en", feedback=None):
    return class_view(answers, Translator(lang), TITLES, str, feedback or {})


def page(answers, lang="en", feedback=None):
    return class_page(answers, lang, TITLES, str, feedback or {})


def mistaken(answer, id_="axis_zero", call=None):
    """Name a mistake at the first check of an answer."""
    check = answer.report.checks[0]
    check.misconception = id_
    check.feedback = [
        Message(id="compare.values", text="Wrong at [0]."),
        Message(id=f"exercise.{id_}", text=f"You did `{id_}`."),
    ]
    check.call = call
    return answer


def test_the_numbers_of_an_exercise(answer):
    answers = [answer("ann", P, P), answer("bob", P, F), answer("cy", F, F)]
    (exercise,) = viewed(answers).exercises
    assert exercise.heading == "ex11 Softmax"
    assert exercise.summary == (
        "Graded: 3. All points in reach: 1 (33%). Mean: 50%. Without points: 1."
    )
    first, second = exercise.checks
    assert (first.name, first.students, first.passed, first.bar) == ("Check 1", 3, "67%", 67)
    assert (second.passed, second.facility) == ("33%", "0.33")
    assert exercise.plot.drawing.counts == (1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1)


def test_what_is_not_decided_is_in_no_statistic_and_for_the_teacher(answer):
    answers = [
        answer("ann", P, P),
        answer("bob", P, F, status="needs_review"),
        answer("cy", F, F, status="ungraded", name=""),
        answer("dan", "timeout", "not_run"),
    ]
    found = viewed(answers)
    assert found.exercises[0].summary.startswith("Graded: 2.")
    assert [(one.person.name, one.note) for one in found.review] == [
        ("cy", "ex11: ungraded"),
        ("Bob (bob)", "ex11: needs_review"),
        ("Dan (dan)", "ex11: 0 points, and no check could decide that"),
    ]
    assert [(one.person.name, one.note) for one in found.limits] == [("Dan (dan)", "ex11: Check 1")]
    assert set(check_scores(answers)) == {"ann", "dan"}


def test_points_of_another_device_are_no_failure(answer):
    one = answer("ann", P, "not_run")
    one.report.checks[1].reason = "device"
    assert check_scores([one]) == {"ann": {"test_1": 1.0}}


def test_mistakes_are_counted_by_students_with_an_example(answer):
    call = ShownCall(
        function="softmax",
        arguments=[ShownArgument(name="x", code="np.array([1., 2.])")],
        program=["softmax(x)"],
        got="[1. 0.]",
        expected="[0.27 0.73]",
    )
    both = mistaken(answer("ann", F, F))
    both.report.checks[1].misconception = "axis_zero"
    answers = [both, mistaken(answer("bob", F, P), call=call), mistaken(answer("cy", F), "other")]
    first, second = mistakes(answers)
    assert (first.id, [one.student for one in first.students]) == ("axis_zero", ["ann", "bob"])
    assert first.sentence == "You did `axis_zero`."
    assert first.calls == ("x = np.array([1., 2.])", "softmax(x)")
    assert (first.got, first.expected, second.calls) == ("[1. 0.]", "[0.27 0.73]", ())
    shown = viewed(answers).mistakes[0]
    assert shown.heading == "ex11 Softmax: 2 students of 3"


def test_observations_are_told_as_well(answer):
    one = answer("ann", F)
    one.report.checks[0].observation = "exponential"
    one.report.checks[0].feedback = [Message(id="observed.exponential", text="It is e to that.")]
    assert mistakes([one])[0].sentence == "It is e to that."


def test_several_exercises_stand_side_by_side_with_totals(answer):
    answers = []
    for number in range(4):
        name = f"s{number}"
        answers.append(answer(name, P, *[P if number > one else F for one in range(3)]))
        late = {"days": number, "after": Decimal("0.5")} if number else {}
        answers.append(answer(name, *[P if number > one else F for one in range(3)], exercise="ex12", **late))  # noqa: E501  # fmt: skip
    found = viewed(answers)
    assert [one.name for one in found.items] == ["ex11 Softmax", "ex12 Loss"]
    assert found.items[0].discrimination.startswith("1 ") or found.items[0].discrimination == "1"
    assert sum(found.plot.drawing.counts) == 4
    assert [one.note for one in found.late] == [
        "ex12: 1 day late",
        "ex12: 2 days late",
        "ex12: 3 days late",
    ]
    assert found.names == ("ex11", "ex12")
    assert found.students[3].cells == ("8", "6 → 0.5")
    assert found.students[3].total == "14 → 8.5"
    assert viewed(answers[:1]).plot is None


def test_few_students_are_a_warning(answer):
    assert viewed([answer("ann", P)]).few.startswith("Only 1 student has a grade.")
    assert viewed([answer(f"s{number}", P, F) for number in range(30)]).few == ""


def test_students_pages_are_linked_where_there_are_some(answer):
    feedback = {"ann": "feedback/Ann é.html", "bob": "javascript:alert(1)", "cy": "//evil/x"}
    answers = [answer(name, P) for name in ("ann", "bob", "cy", "dan")]
    links = [tag[1]["href"] for tag in seen(page(answers, feedback=feedback)) if tag[0] == "a"]
    assert set(links) == {"feedback/Ann%20%C3%A9.html", "javascript%3Aalert%281%29", "evil/x"}


def seen(html):
    found = Seen(html)
    found.feed(html)
    return found.tags


def test_nothing_of_a_stranger_is_markup(answer):
    answers = []
    for number, text in enumerate(HOSTILE):
        one = mistaken(answer(f"{text}{number}", F, name=text), f"m{number}")
        one.report.checks[0].title = text
        one.report.checks[0].feedback[1].text = text
        one.report.checks[0].call = ShownCall(function="f", program=[text], got=text)
        answers.append(one)
    html = page(answers, feedback={answers[0].student: 'x" onclick="alert(1)'})
    tags = seen(html)
    assert not {"script", "iframe", "form", "link", "b"} & {name for name, _ in tags}
    assert not [at for _, attributes in tags for at in attributes if at.startswith("on")]
    assert not [
        1 for name, attributes in tags if name == "img" and "data:" not in attributes["src"]
    ]
    assert all("style" not in attributes for _, attributes in tags)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_in_every_language_and_twice_the_same(answer, lang):
    answers = [answer("ann", P, F, lang=lang), answer("bob", P, P, exercise="ex12", lang=lang)]
    html = page(answers, lang)
    assert f'<html lang="{lang}">' in html
    assert "{{" not in html
    assert html == page(answers, lang)
    for english in ("The class", "Students:", "Checks of"):
        assert (english in html) == (lang == "en")


def test_an_empty_class_has_a_page():
    assert "<h1>The class</h1>" in page([])
