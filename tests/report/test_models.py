import json
from decimal import Decimal

import pytest
from pydantic import ValidationError
from support import samples

from grader.report.models import CheckResult, Message, Output, Report


def test_a_headline_of_an_older_report_has_no_gap():
    headline = {"id": "headline.incomplete", "args": {"reached": 20, "reachable": 20}}
    data = json.loads(samples.mixed().model_dump_json())
    data |= {"schema_version": "1.2", "headline": headline, "reachable": 20, "maximum": 25}
    assert Report.model_validate(data).headline.args["elsewhere"] == 5


def test_points_are_exact():
    tenths = [
        CheckResult(id=f"test_{n}", status="passed", maximum="0.1", reached="0.1")
        for n in range(10)
    ]
    report = samples.report(*tenths)
    assert report.reached == 1
    again = Report.model_validate_json(report.model_dump_json())
    assert sum(check.reached for check in again.checks) == Decimal(1)
    assert json.loads(report.model_dump_json())["reached"] == 1.0
    assert again == report


@pytest.mark.parametrize(
    "points", [-1, "NaN", float("nan"), float("inf"), "0.001", 1 / 3, 10**300, "1e9000"]
)
def test_points_that_are_none_are_refused(points):
    with pytest.raises(ValidationError):
        CheckResult(id="test_one", status="passed", maximum=points)


@pytest.mark.parametrize("field", [("cpu_seconds", "test_one_sample"), ("seconds",)])
@pytest.mark.parametrize("written", ["1e999", "1" + 400 * "0", "Infinity", "NaN"])
def test_seconds_that_json_cannot_hold_are_refused(field, written):
    data = json.loads(samples.mixed().model_dump_json())
    *path, last = ("run", *field)
    place = data
    for key in path:
        place = place[key]
    place[last] = "HERE"
    with pytest.raises(ValidationError, match=last):
        Report.model_validate_json(json.dumps(data).replace('"HERE"', written))


def test_hostile_text_can_be_written_as_json():
    hostile = "\ud800\x1b[31m\0\u202e"
    message = Message(id="call.raised", args={"detail": hostile, "got": float("nan")}, text=hostile)
    output = Output(text=hostile)
    assert json.loads(message.model_dump_json())["args"] == {"detail": "�", "got": "nan"}
    assert output.text == "�"
    message.text = "\x1b[2Jlater"
    assert message.text == "later"


def test_a_later_minor_version_is_readable():
    data = json.loads(samples.mixed().model_dump_json())
    data |= {"schema_version": "1.9", "novelty": 1, "status": "postponed"}
    data["checks"][0] |= {"status": "half_passed", "novelty": {}}
    report = Report.model_validate_json(json.dumps(data))
    assert report.status == "other"
    assert report.checks[0].status == "other"
    assert not report.passed


def test_another_major_version_is_refused():
    data = json.loads(samples.mixed().model_dump_json()) | {"schema_version": "2.0"}
    with pytest.raises(ValidationError, match=r"2\.0"):
        Report.model_validate_json(json.dumps(data))
