"""``grader export`` as it is used, with what a teacher may get wrong."""

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from junitparser import JUnitXml
from support.text_blocks import block

from grader.course.languages import LANGUAGES

TINY = Path(__file__).parents[1] / "courses" / "tiny"
WRONG = block("""
    def double(x):
        return x
""")


@pytest.mark.parametrize("first", ["moodle", "--moodle"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_format_may_be_written_as_an_option(grader, first, lang):
    done = grader.run("export", first, "ex02", "--course", TINY, "--lang", lang)
    assert done.returncode == 0, done.stderr
    (file,) = grader.folder.glob("*.xml")
    kinds = [one.get("type") for one in ET.parse(file).getroot()]  # noqa: S314 - just made
    assert kinds[:2] == ["category", "description"]
    assert len(kinds) == 8
    *_, last = done.stdout.strip().splitlines()
    assert "{{" not in done.stdout
    assert last.endswith(".")  # that the right answers are in it


def test_what_was_exported_is_data_for_programs(grader):
    done = grader.run("export", "qti", "ex02", "--course", TINY, "--out", "a/b.zip", "--json")
    told = json.loads(done.stdout)
    assert (told["written"], told["count"], told["holds_keys"]) == ("a/b.zip", 6, True)
    assert told["lost"]
    assert (grader.folder / "a" / "b.zip").is_file()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_coderunners_questions_are_written_without_keys(grader, lang):
    options = ("--server", "judge.example.org:4000", "--students", "--lang", lang)
    done = grader.run("export", "--coderunner", "ex01", "ex02", "--course", TINY, *options)
    assert done.returncode == 0, done.stderr
    (file,) = grader.folder.glob("*.coderunner.xml")
    text = file.read_text("utf-8")
    assert [one.get("type") for one in ET.fromstring(text)] == ["category", "coderunner"]  # noqa: S314
    assert "judge.example.org:4000" in text
    assert "STUDENT.id" in text
    assert "2 * x" not in text
    assert "ex02" in done.stdout  # left out, with the reason


def test_a_students_course_is_refused_in_every_language(grader):
    shutil.copytree(TINY, grader.folder / "kit")
    shutil.rmtree(grader.folder / "kit" / "answers")
    said = set()
    for lang in LANGUAGES:
        done = grader.run("export", "moodle", "--course", "kit", "--lang", lang)
        assert done.returncode == 2
        assert "ex02" in done.stderr
        said.add(done.stderr)
    assert len(said) == len(LANGUAGES)
    assert not [*grader.folder.glob("*.xml")]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("moodle", "--home", "https://a.org"), "--home does not go with moodle."),
        (("junit", "x.json", "--numbers", "text"), "--numbers does not go with junit."),
        (("junit",), "Name reports"),
        (("junit", "missing.json"), "missing.json cannot be read"),
        (("junit", "broken.json"), "broken.json is no report"),
        (("junit", "empty"), "There are no reports in empty."),
        (("xapi", "r.json"), "--home https://"),
        (("moodle", "ex99"), "ex99"),
        (("qti", "ex02", "--students"), "--students does not go with qti."),
        (("coderunner", "ex02"), "no exercise in code"),
        (("moodle", "ex02", "--out", "empty"), "empty"),
        (("gift", "ex02"), "moodle"),
    ],
)
def test_bad_input_gets_a_sentence(grader, arguments, told):
    (grader.folder / "empty").mkdir()
    grader.write("broken.json", "{}")
    if "r.json" in arguments:
        grader.write("ex01_double.py", WRONG)
        report = grader.run("grade", "ex01", "ex01_double.py", "--course", TINY, "--json")
        grader.write("r.json", report.stdout)
    done = grader.run("export", *arguments, "--course", TINY)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert [*(grader.folder / "empty").iterdir()] == []


def test_the_folder_of_a_batch_is_exported_as_students_may_see_it(grader):
    (grader.folder / "class").mkdir()
    grader.write("class/ada_ex01.py", WRONG)
    grader.write(
        "class/ben_ex01.py",
        block("""
        def double(x):
            return 2 * x
    """),
    )
    options = ("--course", TINY)
    out = ("--out", "grades", "--require-isolation", "own-code-only")
    assert grader.run("batch", "class", *out, *options).returncode == 0
    done = grader.run("export", "junit", "grades", *options)
    assert done.returncode == 0, done.stderr
    suites = {suite.name: suite for suite in JUnitXml.fromfile(grader.folder / "junit.xml")}
    assert {*suites} == {"ada.ex01", "ben.ex01"}
    assert suites["ada.ex01"].failures
    assert suites["ben.ex01"].failures == 0
    text = (grader.folder / "junit.xml").read_text()
    report = next((grader.folder / "grades" / "reports" / "ada").glob("ex01-1.json"))
    checks = json.loads(report.read_text())["checks"]
    hidden = [one["title"] for one in checks if one["visibility"] != "shown"]
    shown = [one["title"] for one in checks if one["visibility"] == "shown"]
    assert hidden
    assert not any(title in text for title in hidden)
    assert all(title.split("`")[0] in text for title in shown)
    grader.write("grades/reports/ada/ex77-1.json", "{}")
    done = grader.run("export", "xapi", "grades", "--home", "https://a.org", *options)
    assert done.returncode == 1
    assert "ex77-1.json" in done.stdout
    first = (grader.folder / "statements.json").read_bytes()
    grader.run("export", "xapi", "grades", "--home", "https://a.org", *options)
    assert (grader.folder / "statements.json").read_bytes() == first
