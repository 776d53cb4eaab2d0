from pathlib import Path

from support import samples

import grader
from grader.report.models import Report
from grader.report.schema import report_page, report_schema

PAGE = Path(grader.__file__).parent.parent / "docs" / "report.md"


def test_the_committed_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == report_page(), (
        "run: python -m grader.report.schema > docs/report.md"
    )


def test_every_field_is_explained():
    schema = report_schema()
    for name, part in {"Report": schema, **schema["$defs"]}.items():
        for field, details in part["properties"].items():
            assert details.get("description"), f"{name}.{field}"


def test_a_written_report_has_the_fields_and_types_of_the_schema():
    schema = report_schema()
    written = samples.mixed().model_dump(mode="json")
    assert set(written) == set(schema["properties"])
    assert set(schema["required"]) <= set(written)
    assert isinstance(written["reached"], float)
    assert schema["properties"]["reached"]["type"] == "number"
    assert schema["$defs"]["CheckResult"]["properties"]["reached"]["minimum"] == 0


def test_equal_runs_differ_only_in_run():
    one, other = samples.mixed(), samples.mixed()
    other.run.seconds = 1.5
    other.run.graded_at = "2030-01-01T00:00:00+00:00"
    assert one != other
    assert one.model_dump(exclude={"run"}) == other.model_dump(exclude={"run"})


def test_the_schema_is_that_of_the_model():
    assert set(report_schema()["properties"]) == set(Report.model_fields)
