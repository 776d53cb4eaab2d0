"""The way on: what a student does next."""

import pytest
from support import samples
from support.samples import check, message

from grader.report.causes import causes_of
from grader.report.localise import localise
from grader.report.models import HiddenPoints
from grader.report.next_step import way_on

ORDER = ["ex10", "ex11", "ex12"]
WRONG = message("compare.values", **samples.VALUES)


def way(report, *, hints=True, order=ORDER, course=""):
    report.causes = causes_of(report)
    return way_on(report, hints=hints, order=order, course=course)


def failing():
    one = check("test_a", "failed", title="One row", feedback=[WRONG])
    return samples.report(check("test_b"), one)


def test_a_failing_report_names_what_to_mend_and_the_hint(printed):
    report = failing()
    report.next = way(report)
    last = printed(localise(report, None, "en")).splitlines()[-1]
    assert last == "Begin with “One row”. For a hint: `grader hint ex11`"


def test_where_there_are_no_hints_none_is_offered():
    assert way(failing(), hints=False).id == "next.mend_alone"
    assert way(samples.not_loaded(), hints=False).id == "next.load_alone"


def test_a_file_that_does_not_load_is_to_be_mended_itself():
    assert way(samples.not_loaded()).id == "next.load"


def test_where_questions_are_open_their_number_is_told(printed):
    none = [message("quiz.unanswered")]
    report = samples.report(
        check("a"), *(check(name, "unanswered", feedback=none, title=name) for name in "bc")
    )
    report.next = way(report)
    ends = {
        "en": "2 questions are still open. Go on with “b”",
        "fr": "2 questions restent sans réponse. Continuez par «\u00a0b\u00a0»",
        "ru": "Без ответа остались 2 вопроса. Дальше: «b»",
    }
    for lang, end in ends.items():
        assert printed(localise(report, None, lang)).splitlines()[-1] == end
    report.checks[1].status = "failed"
    assert way(report).id == "next.mend"


def test_after_a_pass_come_its_solution_and_the_next_exercise():
    passed = way(samples.all_right(), course=" --course mine")
    assert passed.id == "next.solved"
    assert passed.args == {"next": "ex12 --course mine", "exercise": "ex11 --course mine"}
    assert way(samples.all_right(), order=["ex11"]).id == "next.solved_last"


def test_who_fails_hidden_checks_alone_reads_the_task_again(printed):
    report = samples.report(check("test_a"))
    report.hidden = HiddenPoints(checks=1, maximum=2, reached=0)
    report.maximum = report.reachable = report.maximum + 2
    report.next = way(report)
    lines = printed(localise(report, None, "en")).splitlines()
    assert lines[-1] == "Read the task once more: `grader show ex11`"
    assert "Your answer fits what is shown" in " ".join(lines)


@pytest.mark.parametrize("status", ["unreadable", "ungraded", "needs_review"])
def test_what_lies_with_others_has_no_way(status):
    report = failing()
    report.status = status
    assert way(report) is None


@pytest.mark.parametrize(("lang", "begin"), [("fr", "Commencez par"), ("ru", "Сначала:")])
def test_it_is_told_in_another_language(lang, begin):
    report = failing()
    report.next = way(report)
    stored = localise(report, None, "en")
    assert localise(stored, None, lang).next.text.startswith(begin)
