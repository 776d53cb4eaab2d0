"""Results in other systems' formats, read by their own readers; nothing hidden among them."""

import json
import uuid
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from tincan import Statement

from grader.course.languages import LANGUAGES, Translator
from grader.export.errors import ExportError
from grader.export.format import ReportTask
from grader.export.registry import format_of
from grader.report.audience import for_audience
from grader.report.models import (
    CheckResult,
    ExerciseInfo,
    HiddenPoints,
    Isolation,
    LoadResult,
    Message,
    Report,
    RunMetadata,
)

SCHEMAS = Path(__file__).with_name("schemas")
HOME = "https://moodle.example.org"
CANARY = "canary7f3a"


def report_of(**changes):
    """Return a report with a check of every verdict, one of them held back."""
    said = Message(id="quiz.wrong", text="Axis 0 & <b>\x00</b> is wrong.")
    checks = [
        CheckResult(id="test_a", title="One row", maximum=2, reached=2, status="passed"),
        CheckResult(
            id="test_b", maximum=3, reached=1, status="failed", blame="student", feedback=[said]
        ),
        CheckResult(id="test_c", maximum=1, status="timeout", blame="student"),
        CheckResult(id="test_d", maximum=1, status="not_run", reason="device"),
        CheckResult(id="test_e", maximum=1, status="error", blame="author"),
        CheckResult(id="test_f", maximum=1, status="needs_review"),
        CheckResult(id="test_g", maximum=1, status="not_run", reason="budget"),
        CheckResult(
            id=f"test_{CANARY}",
            title=CANARY,
            maximum=4,
            reached=4,
            status="passed",
            visibility="held_back",
            feedback=[Message(id="quiz.wrong", text=CANARY)],
        ),
    ]
    fields = {
        "exercise": ExerciseInfo(
            id="ex11", slug="softmax", kind="code", title="Softmax", course="nn"
        ),
        "status": "graded",
        "headline": Message(id="headline.some", text="Some are wrong."),
        "reached": Decimal(7),
        "reachable": Decimal(13),
        "maximum": Decimal(14),
        "load": LoadResult(status="passed"),
        "checks": checks,
        "student": "zoë@example.org",
        "attempt": 2,
        "submitted_at": "2026-11-28T20:19:00+01:00",
        "submission_hash": "ab" * 32,
        "isolation": Isolation(level=3, name="full"),
        "run": RunMetadata(
            graded_at="2026-11-30T10:00:00+00:00",
            cpu_seconds={"test_a": 0.25, f"test_{CANARY}": 9},
            host=CANARY,
        ),
    }
    return for_audience(Report(**(fields | changes)), "student")


def export(system, *reports, **options):
    return format_of(system).export(ReportTask(reports, **options))


@pytest.mark.parametrize(
    ("system", "options"), [("junit", {}), ("exercism", {}), ("xapi", {"home": HOME})]
)
def test_nothing_that_is_held_back_leaves(system, options):
    exported = export(system, report_of(), **options)
    assert exported.files
    for name, data in exported.files.items():
        assert CANARY not in name
        assert CANARY.encode() not in data
    assert not any(CANARY in str(one) for one in (*exported.lost, *exported.left_out))


def test_junitparser_reads_each_verdict():
    (data,) = export("junit", report_of()).files.values()
    (suite,) = JUnitXml.fromstring(data)
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (7, 3, 1, 2)
    results = {case.name: [type(one) for one in case.result] for case in suite}
    assert results == {
        "One row": [],
        "test_b": [Failure],
        "test_c": [Failure],
        "test_d": [Skipped],
        "test_e": [Error],
        "test_f": [Skipped],
        "test_g": [Failure],
    }
    properties = {one.name: one.value for one in suite.properties()}
    assert properties["reached"] == "7"
    assert properties["hidden.maximum"] == "4"
    (failed,) = next(case for case in suite if case.name == "test_b").result
    assert failed.message.startswith("Axis 0 & <b>")


@pytest.mark.parametrize("status", ["unreadable", "ungraded"])
def test_a_file_that_was_not_graded_passes_nowhere(status):
    message = Message(id="headline.broken", text="It cannot be read.")
    report = report_of(status=status, checks=[], headline=message, load=None, reached=Decimal(0))
    (suite,) = JUnitXml.fromstring(*export("junit", report).files.values())
    assert suite.failures + suite.errors == suite.tests == 1
    (data,) = export("exercism", report).files.values()
    results = json.loads(data)
    assert (results["status"], results["message"]) == ("error", "It cannot be read.")


def test_exercism_takes_the_results():
    schema = json.loads((SCHEMAS / "exercism.json").read_text())
    exported = export("exercism", report_of(), report_of(), report_of(student="../x"))
    assert len(exported.files) == 3
    for name, data in exported.files.items():
        assert ".." not in Path(name).parts
        results = json.loads(data)
        jsonschema.validate(results, schema)
        assert results["status"] == "fail"
    all_right = [CheckResult(id="a", maximum=1, reached=1, status="passed")]
    right = report_of(
        checks=all_right, reached=Decimal(1), reachable=Decimal(1), maximum=Decimal(1)
    )
    (data,) = export("exercism", right).files.values()
    assert json.loads(data)["status"] == "pass"


def statements(*reports, **options):
    (data,) = export("xapi", *reports, **({"home": HOME} | options)).files.values()
    return json.loads(data)


def test_an_independent_reader_takes_the_statements():
    read = [Statement.from_json(json.dumps(one)) for one in statements(report_of())]
    whole, *checks = read
    assert whole.verb.id == "http://adlnet.gov/expapi/verbs/failed"
    assert whole.actor.account.name == "zoë@example.org"
    assert whole.actor.account.home_page == HOME
    score = whole.result.score
    assert (score.raw, score.min, score.max) == (7, 0, 13)
    assert score.scaled == pytest.approx(7 / 13, abs=1e-6)
    assert whole.result.success is False
    assert whole.timestamp.isoformat().startswith("2026-11-28T19:19:00")
    assert whole.result.duration.total_seconds() == 0.25
    assert {one.verb.id for one in checks} == {"http://adlnet.gov/expapi/verbs/answered"}
    assert len(checks) == 4  # nothing of what was not run or waits
    for one in checks:
        assert 0 <= one.result.score.raw <= one.result.score.max


def test_the_same_result_is_the_same_statement_and_another_one_another():
    assert statements(report_of()) == statements(report_of())
    ids = [one["id"] for one in statements(report_of())]
    ids += [one["id"] for one in statements(report_of(reached=Decimal(6)))][:1]
    ids += [one["id"] for one in statements(report_of(student="ben@example.org"))]
    ids += [one["id"] for one in statements(report_of(attempt=3))]
    assert len({*ids}) == len(ids)
    assert {uuid.UUID(one).version for one in ids} == {5}


def test_an_address_can_be_hashed():
    (actor, *_) = (one["actor"] for one in statements(report_of(), identity="mbox-sha1", home=""))
    # printf 'mailto:zoë@example.org' | sha1sum
    assert actor["mbox_sha1sum"] == "1d43bc06177598bb15e2b84da7d610720569e43b"
    assert "example.org" not in json.dumps(actor)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_no_result_is_listed(lang):
    cases = [
        report_of(status="ungraded"),
        report_of(student=None),
        report_of(submitted_at=None, run=RunMetadata()),
    ]
    exported = export("xapi", *cases, home=HOME)
    assert json.loads(*exported.files.values()) == []
    assert len(exported.left_out) == 3
    assert all(one.localised(Translator(lang)) for one in exported.left_out)
    no_mail = export("xapi", report_of(student="49"), identity="mbox-sha1")
    assert len(no_mail.left_out) == 1


@pytest.mark.parametrize("home", ["", "moodle", "javascript:alert(1)"])
def test_ids_need_an_address(home):
    with pytest.raises(ExportError, match="--home"):
        export("xapi", report_of(), home=home)


def test_hidden_points_are_a_sum():
    assert report_of().hidden == HiddenPoints(checks=1, maximum=Decimal(4), reached=Decimal(4))
