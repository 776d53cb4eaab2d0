import json

import pytest
from click.testing import CliRunner
from support import samples

from grader.cli.context import Context
from grader.cli.main import cli
from grader.report.localise import localise
from grader.report.models import Report


@pytest.fixture
def stored(course, tmp_path):
    report = localise(samples.mixed(), course, "en")
    file = tmp_path / "отчёт é.json"
    file.write_text(report.model_dump_json(), encoding="utf-8")
    return file


def grader(*arguments):
    return CliRunner().invoke(cli, ["report", *map(str, arguments)], obj=Context())


def test_a_report_is_shown_in_another_language(stored, course):
    result = grader(stored, "--lang", "ru", "--course", course.root)
    assert result.exit_code == 0, result.output
    assert "Баллы: 6 из 25" in result.output
    assert "\x1b" not in result.output


def test_for_a_student_as_json(stored, course):
    result = grader(stored, "--audience", "student", "--json", "--course", course.root)
    assert samples.CANARY not in result.output
    report = Report.model_validate_json(result.output)
    assert report.audience == "student"
    assert report.seed == 17, "the public seed of this course"


def test_the_reports_own_audience_is_kept(stored, course):
    assert samples.CANARY in grader(stored, "--json", "--course", course.root).output


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"\xff\xfe", b"[1, 2", b'{"schema_version": "2.0"}']
)
def test_what_is_no_report_is_said_in_a_sentence(tmp_path, content):
    file = tmp_path / "broken.json"
    file.write_bytes(content)
    result = grader(file, "--lang", "en")
    assert result.exit_code == 2
    assert "is no report that can be read here" in result.output
    assert "Traceback" not in result.output


def test_a_missing_file_is_said_in_a_sentence(tmp_path):
    result = grader(tmp_path / "nowhere.json", "--lang", "en")
    assert result.exit_code == 2
    assert "cannot be read" in result.output


def test_json_in_any_language_differs_only_in_texts(stored, course):
    def ids(lang):
        output = grader(stored, "--json", "--lang", lang, "--course", course.root).output
        return [
            (check["id"], check["status"], check["reached"], [m["id"] for m in check["feedback"]])
            for check in json.loads(output)["checks"]
        ]

    assert ids("en") == ids("fr") == ids("ru")
