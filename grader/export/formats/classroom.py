"""GitHub Classroom: its autograding.json, and a workflow for GitHub Actions that does the same."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from grader.course.languages import msgid
from grader.course.models import CodeExercise
from grader.course.phrases import phrase
from grader.export.errors import ExportError
from grader.export.format import ExerciseFormat, Exported, Losses
from grader.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.loading import LoadedExercise
    from grader.export.format import ExerciseTask

_MINUTES = 5  # for one check, with the start of the judge
_PYTHON = "3.12"
_COMMAND = "classroom-resources/autograding-command-grader@v1"
_REPORTER = "classroom-resources/autograding-grading-reporter@v1"
_HIDDEN = msgid("checks that are not displayed are left out, and so are their points")
_PART = msgid("a check that is partly right earns nothing: a test passes or fails")
_TEXTS = msgid("texts that a teacher marks are left out")
_SEED = msgid("the inputs are those of practice, which students can see")
_OWN = msgid("students can change the workflow in their repository: protect .github")


@dataclass(frozen=True)
class ClassroomTest:
    """One test: the check of an exercise, by a command that ends with 0 where it passes."""

    id: str
    name: str
    command: str
    points: int


class Classroom(ExerciseFormat):
    """The files of a template repository."""

    output = "classroom"
    folder = True
    holds_keys = False

    def export(self, task: ExerciseTask) -> Exported:
        """Return both files.

        Raises:
            ExportError: no check is left.

        """
        losses = Losses()
        tests = [one for loaded in task.exercises for one in _tests(loaded, task, losses)]
        if not tests:
            raise ExportError(phrase("There is nothing that GitHub could test."))
        setup = f"pip install {shlex.quote(_package(task))}"
        return Exported(
            {
                ".github/classroom/autograding.json": _autograding(tests, setup),
                ".github/workflows/classroom.yml": _workflow(tests, setup),
            },
            len(tests),
            losses.sentences(),
        )


def _tests(loaded: LoadedExercise, task: ExerciseTask, losses: Losses) -> Iterator[ClassroomTest]:
    model = loaded.model
    front = loaded.prose(task.lang).front
    losses.add(_OWN, model.id)
    losses.add(_PART, model.id)
    if isinstance(model, CodeExercise):
        losses.add(_SEED, model.id)
        if loaded.hidden_checks:
            losses.add(_HIDDEN, model.id)
        shown = {name: check.points for name, check in model.checks.items()}
        points = {name: worth for name, worth in shown.items() if name not in loaded.hidden_checks}
        titles = front.checks
    else:
        if any(question.kind == "free_text" for question in model.questions):
            losses.add(_TEXTS, model.id)
        points = {one.id: one.points for one in model.questions if one.kind != "free_text"}
        titles = {}
    for name, worth in points.items():
        command = f"grade {model.id} {loaded.stub_name} --check {name} --lang {task.lang} --plain"
        title = f"{model.id}: {titles.get(name, name)}"
        yield ClassroomTest(f"{model.id}-{name.replace('_', '-')}", title, command, worth)


def _package(task: ExerciseTask) -> str:
    codes = [one.model for one in task.exercises if isinstance(one.model, CodeExercise)]
    extra = "[torch]" if any("torch" in model.libraries for model in codes) else ""
    return f"nn-grader{extra}=={__version__}"


def _autograding(tests: list[ClassroomTest], setup: str) -> bytes:
    """Return the tests as Classroom's own editor reads them."""
    listed = [
        {
            "name": one.name,
            "setup": setup,
            "run": one.command,
            "input": "",
            "output": "",
            "comparison": "included",
            "timeout": _MINUTES,
            "points": one.points,
        }
        for one in tests
    ]
    return (json.dumps({"tests": listed}, ensure_ascii=False, indent=2) + "\n").encode()


def _workflow(tests: list[ClassroomTest], setup: str) -> bytes:
    """Return a workflow: each test is a step, and a last one adds up the points."""
    steps: list[dict[str, Any]] = [
        {"uses": "actions/checkout@v4"},
        {"uses": "actions/setup-python@v5", "with": {"python-version": _PYTHON}},
        {"name": "Install the grader", "run": setup},
    ]
    steps += [
        {
            "name": one.name,
            "id": one.id,
            "uses": _COMMAND,
            "with": {
                "test-name": one.name,
                "command": one.command,
                "timeout": _MINUTES,
                "max-score": one.points,
            },
        }
        for one in tests
    ]
    results = {
        f"{one.id.upper()}_RESULTS": f"${{{{steps.{one.id}.outputs.result}}}}" for one in tests
    }
    runners = ",".join(one.id for one in tests)
    steps.append(
        {"name": "Points", "uses": _REPORTER, "env": results, "with": {"runners": runners}}
    )
    job = {
        "runs-on": "ubuntu-latest",
        "if": "github.actor != 'github-classroom[bot]'",
        "steps": steps,
    }
    workflow = {
        "name": "Autograding Tests",
        "on": ["push", "repository_dispatch"],
        "permissions": {"checks": "write", "actions": "read", "contents": "read"},
        "jobs": {"run-autograding-tests": job},
    }
    text = yaml.safe_dump(workflow, sort_keys=False, allow_unicode=True, width=100)
    return text.encode()
