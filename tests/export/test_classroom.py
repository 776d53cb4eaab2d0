"""Tests for GitHub: by a schema, and by running the commands as GitHub does."""

import json
import shlex
from pathlib import Path

import jsonschema
import pytest
import yaml
from support.export_courses import course_of, exported
from support.text_blocks import block

from grader.course.languages import LANGUAGES
from grader.export.errors import ExportError
from grader.export.format import ExerciseTask
from grader.export.registry import format_of

SCHEMA = Path(__file__).with_name("schemas") / "classroom.json"
COURSE = Path(__file__).parents[1] / "courses" / "tiny"
TESTS, WORKFLOW = ".github/classroom/autograding.json", ".github/workflows/classroom.yml"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_files_hold_the_same_tests(lang):
    files = exported("classroom", "course", lang).files
    tests = json.loads(files[TESTS])
    jsonschema.validate(tests, json.loads(SCHEMA.read_text()))
    workflow = yaml.safe_load(files[WORKFLOW])
    (job,) = workflow["jobs"].values()
    steps = [one["with"] for one in job["steps"] if "command" in one.get("with", {})]
    assert [(one["command"], one["max-score"]) for one in steps] == [
        (one["run"], one["points"]) for one in tests["tests"]
    ]
    ids = [one["id"] for one in job["steps"] if "id" in one]
    assert len({*ids}) == len(ids)
    report = job["steps"][-1]
    assert report["with"]["runners"].split(",") == ids
    assert {*report["env"]} == {f"{one.upper()}_RESULTS" for one in ids}


def test_hidden_checks_are_not_named():
    course = course_of("course")
    text = b"".join(exported("classroom", "course", "en").files.values()).decode()
    for exercise in course.exercises():
        if exercise.model.kind == "code":
            for name in exercise.hidden_checks:
                command = f"grade {exercise.model.id} {exercise.stub_name} --check {name} "
                assert command not in text


@pytest.mark.parametrize(
    "answer",
    [
        block("""
        def double(x):
            return 2 * x
    """),
        block("""
        def double(x):
            return x
    """),
    ],
)
def test_a_command_ends_with_0_where_its_check_passes(grader, answer):
    course = course_of("tiny")
    task = ExerciseTask(course, [course.exercise("ex01")], "en")
    tests = json.loads(format_of("classroom").export(task).files[TESTS])["tests"]
    grader.write(course.exercise("ex01").stub_name, answer)
    report = grader.run("grade", "ex01", "--course", COURSE, "--json", "--all")
    status = {one["id"]: one["status"] for one in json.loads(report.stdout)["checks"]}
    assert tests
    for one in tests:
        words = shlex.split(one["run"])
        done = grader.run(*words, "--course", COURSE)
        name = words[words.index("--check") + 1]
        assert (done.returncode == 0) == (status[name] == "passed"), done.stdout


def test_nothing_to_test_is_said():
    course = course_of("tiny")
    with pytest.raises(ExportError):
        format_of("classroom").export(ExerciseTask(course, [], "en"))
