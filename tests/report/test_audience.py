import pytest
from support import samples
from support.languages import LANGUAGES

from grader.report.audience import for_audience
from grader.report.localise import localise
from grader.report.models import Report


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_of_hidden_checks_reaches_a_student(printed, lang):
    report = localise(samples.mixed(), None, lang)
    assert samples.CANARY in report.model_dump_json()
    shown = for_audience(report, "student")
    assert samples.CANARY not in shown.model_dump_json()
    for plain in (True, False):
        assert samples.CANARY not in printed(shown, plain=plain)
    # Nor when the student translates it again.
    assert samples.CANARY not in localise(shown, None, "en").model_dump_json()


def test_nothing_of_hidden_checks_when_texts_come_later():
    shown = for_audience(samples.mixed(), "student")
    assert samples.CANARY not in localise(shown, None, "en").model_dump_json()


def test_hidden_checks_are_summed_up_and_points_stay_exact():
    report = samples.mixed()
    shown = for_audience(report, "student")
    assert (shown.hidden.checks, shown.hidden.reached, shown.hidden.maximum) == (2, 2, 4)
    assert shown.maximum == report.maximum
    assert shown.reached == report.reached
    assert sum(check.maximum for check in shown.checks) + shown.hidden.maximum == shown.maximum
    assert sum(check.reached for check in shown.checks) + shown.hidden.reached == shown.reached


def test_a_check_that_waits_for_a_hidden_one_does_not_name_it():
    shown = for_audience(localise(samples.mixed(), None, "en"), "student")
    waiting = next(check for check in shown.checks if check.id == "test_needs_hidden")
    assert waiting.feedback[0].id == "not_run.needs_undisplayed"
    assert waiting.feedback[0].text


def test_faults_times_and_host_are_the_teachers():
    report = samples.mixed()
    shown = for_audience(report, "student")
    assert shown.run.faults == []
    assert shown.run.host is None
    assert shown.run.cpu_seconds == {"test_one_sample": 0.25}
    assert report.run.faults


def test_only_the_public_seed_is_shown():
    report = samples.mixed()
    assert for_audience(report, "student").seed is None
    assert for_audience(report, "student", public_seed=4).seed is None
    assert for_audience(report, "student", public_seed=17).seed == 17
    assert for_audience(report, "teacher").seed == 17


def test_a_teacher_sees_everything():
    report = samples.mixed()
    assert for_audience(report, "teacher") == report


def test_a_students_report_stays_one():
    shown = for_audience(samples.mixed(), "student", 17)
    stored = Report.model_validate_json(shown.model_dump_json())
    for audience in ("student", "teacher"):
        assert for_audience(stored, audience, 17) == stored


def test_without_hidden_checks_there_is_no_summary():
    assert for_audience(samples.all_right(), "student").hidden is None
