"""A report that does not add up is no report, whoever has altered it."""

import json
from copy import deepcopy

import pytest
from click.testing import CliRunner
from support import samples
from support.languages import LANGUAGES

from grader.cli.context import Context
from grader.cli.main import cli
from grader.course.languages import Translator
from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.checking.bare_reports import fault_report, unreadable_report
from grader.report.audience import for_audience
from grader.report.causes import causes_of
from grader.report.consistency import PROBLEMS, contradiction, differs
from grader.report.localise import localise
from grader.report.models import Report

KINDS = [samples.mixed, samples.not_loaded, samples.all_right]


def altered(report, change):
    data = json.loads(report.model_dump_json())
    change(data)
    return Report.model_validate_json(json.dumps(data))


@pytest.mark.parametrize("make", KINDS)
@pytest.mark.parametrize("audience", ["teacher", "student"])
@pytest.mark.parametrize("since_causes", [False, True])
def test_what_the_judge_makes_adds_up_for_every_reader(make, audience, since_causes):
    report = make()
    report.causes = causes_of(report) if since_causes else []
    assert contradiction(for_audience(report, audience)) is None


def test_what_was_never_judged_adds_up():
    exercise = Course(builtin_root()).exercise("ex11")
    unread = unreadable_report(exercise, UnreadableSubmissionError("read.empty", file="ex11.py"))
    for report in (unread, fault_report(exercise, OSError("no disk"))):
        assert contradiction(report) is None
        assert differs(report, exercise) is None


def reached(points):
    return lambda data: data.update(reached=points)


def of_check(number, **fields):
    return lambda data: data["checks"][number].update(**fields)


def again(data):
    data["checks"].append(deepcopy(data["checks"][1]))


def causes(*named):
    """Let the report have causes that are told at, and hold, these checks."""
    kind = {"kind": "finding", "id": "compare.value"}
    told = [{**kind, "told_at": at, "checks": checks} for at, checks in named]
    return lambda data: data.update(causes=told)


def headline(**fields):
    return lambda data: data["headline"].update(**fields)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (reached(26), "order"),
        (reached(7), "sum"),
        (lambda data: data.update(reachable=26), "order"),
        (lambda data: data.update(reachable=24), "reachable"),
        (lambda data: data.update(maximum=26, reachable=26), "maximum"),
        (lambda data: data.update(hidden={"checks": 1, "maximum": 0, "reached": 0}), "concealed"),
        (again, "maximum"),
        (of_check(1, id="test_one_sample"), "twice"),
        (of_check(0, status="failed"), "check"),
        (of_check(1, status="passed"), "check"),
        (of_check(0, reason="budget"), "not_run"),
        (causes(("test_batch", ["test_batch", "test_unknown"])), "cause"),
        (causes(("test_batch", ["test_batch"]), ("test_batch", ["test_batch"])), "cause"),
        (causes(("test_batch", ["test_raises"])), "cause"),
        (causes((None, [])), "cause"),
        (lambda data: data.update(status="unreadable"), "status"),
        (lambda data: data.update(status="needs_review"), "headline"),
        (headline(id="headline.all"), "headline"),
        (headline(id="headline.none"), "headline"),
        (headline(id="headline.ungraded"), "headline"),
        (headline(args={"reached": 25, "maximum": 25}), "headline"),
        (lambda data: data["isolation"].update(level=3), "isolation"),
        (lambda data: data["run"]["cpu_seconds"].update(test_one_sample=-1), "time"),
    ],
)
def test_what_was_altered_contradicts_itself(change, problem):
    found = contradiction(altered(samples.mixed(), change))
    assert found is not None
    assert found.id == problem
    assert "{{" not in found.sentence(Translator("en"))


def test_a_student_s_report_shows_no_hidden_check():
    def show(data):
        data["checks"][0]["visibility"] = "hidden"

    assert contradiction(altered(for_audience(samples.mixed(), "student"), show)).id == "concealed"


def test_a_part_of_the_points_is_for_questions_alone():
    def half(data):
        data["checks"][1]["reached"] = 1
        data["reached"] += 1
        data["headline"]["args"]["reached"] += 1

    def of_a_quiz(data):
        half(data)
        data["exercise"]["kind"] = "quiz"

    assert contradiction(altered(samples.mixed(), half)).id == "check"
    assert contradiction(altered(samples.mixed(), of_a_quiz)) is None


def test_what_a_later_version_adds_is_no_contradiction():
    def later(data):
        data["checks"][1] |= {"status": "postponed", "reason": None, "new": 1}
        data |= {"status": "appealed", "schema_version": "1.7", "new": {}}
        data["headline"]["id"] = "headline.appealed"

    assert contradiction(altered(samples.mixed(), later)) is None


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_reason_is_told_in_every_language(lang, problem):
    told = Translator(lang)(PROBLEMS[problem])
    assert (told == PROBLEMS[problem]) == (lang == "en")


@pytest.fixture
def right(course):
    return localise(samples.mixed(), course, "en")


def shown(tmp_path, course, data, lang="en"):
    (tmp_path / "report.json").write_text(data, encoding="utf-8")
    arguments = ["report", str(tmp_path / "report.json"), "--course", str(course.root)]
    return CliRunner().invoke(cli, [*arguments, "--lang", lang], obj=Context())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_command_refuses_it_with_a_sentence(tmp_path, course, right, lang):
    result = shown(tmp_path, course, altered(right, reached(7)).model_dump_json(), lang)
    assert result.exit_code == 2
    assert Translator(lang)(PROBLEMS["sum"], sum=6, reached=7) in result.output


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda data: data.pop("maximum"), "the field maximum is missing"),
        (lambda data: data.update(reached=-1), "the field reached holds what it must not"),
        (lambda data: data.update(reached=float("nan")), "the field reached holds"),
        (lambda data: data.update(schema_version="2.0"), "it has the version 2.0 of the format"),
        (lambda data: data["exercise"].update(slug="sigmoid"), "the course has another exercise"),
    ],
)
def test_the_command_names_what_is_wrong(tmp_path, course, right, change, told):
    data = json.loads(right.model_dump_json())
    change(data)
    result = shown(tmp_path, course, json.dumps(data))
    assert result.exit_code == 2
    assert told in result.output
    assert "Traceback" not in result.output


def test_checks_are_those_of_the_exercise_whose_hash_the_report_bears():
    exercise = Course(builtin_root()).exercise("ex11")
    checks = [
        samples.check(name, points=check.points) for name, check in exercise.model.checks.items()
    ]
    report = samples.report(*checks, grading_hash=exercise.grading_hash)
    assert differs(report, exercise) is None
    report.checks[0].id = "test_easier"
    assert differs(report, exercise).id == "course_check"
    report.grading_hash = "of another version"
    assert differs(report, exercise) is None


def test_a_question_without_an_answer_has_no_points():
    none = [samples.message("quiz.unanswered")]
    report = samples.report(samples.check("one"), samples.check("two", "unanswered", feedback=none))
    report.causes = causes_of(report)
    assert contradiction(report) is None
    report.checks[1].reached = report.checks[1].maximum
    report.reached += report.checks[1].maximum
    assert contradiction(report).id == "check"
