"""The wheel, installed as anybody installs it: outside the checkout, into an empty environment.

Takes half a minute, most of it for installing: `pytest -m slow` runs it.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from support.languages import LANGUAGES

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
SOFTMAX = """
import numpy as np

def softmax(x):
    shifted = x - np.max(x, axis=-1, keepdims=True)
    powers = np.exp(shifted)
    return np.divide(powers, powers.sum(axis=-1, keepdims=True))
"""
SNOOPING = """
import os
import pathlib
import sys

import numpy as np

COURSE = pathlib.Path({course!r})
ANSWERS = COURSE / "answers"


def look(name, attempt):
    try:
        print(name, "opened", len(attempt()))
    except OSError as error:
        print(name, type(error).__name__)


def package():
    others = set(os.listdir(COURSE.parent)) - {{"__init__.py", "student", "wire"}}
    if not others:
        raise FileNotFoundError("nothing but the student's own side")
    return others


look("numpy", lambda: pathlib.Path(np.__file__).read_text())
look("reference", lambda: (ANSWERS / "ex11_softmax/reference.py").read_text())
look("style", lambda: (ANSWERS / "ex11_softmax/styles/row_by_row.py").read_text())
look("solution", lambda: (COURSE / "i18n/en/ex11_softmax.solution.md").read_text())
look("misconception", lambda: (ANSWERS / "ex11_softmax/misconceptions/axis_0.py").read_text())
key = ANSWERS / "ex14_cross_entropy_by_hand" / "key.yaml"
look("key", lambda: os.read(os.open(key, os.O_RDONLY), 1000))
look("checks", lambda: (COURSE / "exercises/ex11_softmax/checks.py").read_text())
look("answers", lambda: os.listdir(ANSWERS))
look("course", lambda: os.listdir(COURSE))
look("package", package)
look("judge", lambda: (COURSE.parent / "judge" / "compare.py").read_text())
for module in ("grader.judge.checking.compare", "grader.course.loading"):
    try:
        __import__(module)
        print(module, "imported")
    except Exception as error:
        print(module, type(error).__name__)
"""


def run(*command, cwd, **env):
    """Run a program with nothing of this checkout or its environment in sight."""
    mine = ("GRADER_", "PYTEST_", "PYTHON", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(mine)}
    return subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        env=kept | {"GRADER_LANG": "en", "NO_COLOR": "1"} | env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=900,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    done = run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder with an environment into which the wheel alone was installed."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "venv", with_pip=True, system_site_packages=False)
    constraints = shutil.copy(ROOT / "constraints.txt", folder)
    python = folder / "venv" / "bin" / "python"
    done = run(python, "-m", "pip", "install", "-q", "-c", constraints, wheel, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    yield folder
    shutil.rmtree(folder)  # two hundred megabytes


def grade(installed, tmp_path, source, *options):
    """Grade an answer to ex11 with the installed program."""
    path = tmp_path / "ex11_softmax.py"
    path.write_text(source, encoding="utf-8")
    program = installed / "venv" / "bin" / "grade"
    return run(program, "ex11", path, *options, cwd=tmp_path)


def course_of(installed):
    (package,) = (installed / "venv" / "lib").glob("python*/site-packages/grader")
    return package / "_course"


def test_the_wheel_holds_the_course_and_nothing_of_the_workshop(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for name in [
        "grader/_course/exercises/course.yaml",
        "grader/_course/exercises/ex11_softmax/checks.py",
        "grader/_course/answers/ex11_softmax/reference.py",
        "grader/_course/answers/ex11_softmax/styles/row_by_row.py",
        "grader/_course/i18n/ru/ex11_softmax.solution.md",
        "grader/_course/i18n/fr/ex11_softmax.md",
        "grader/_course/i18n/ru/LC_MESSAGES/grader.po",
        "grader/_course/i18n/ru/words.yaml",
        "grader/batch/lms/downloads/moodle.py",
        "grader/batch/lms/exports/moodle.py",
        "grader/judge/checking/compare.py",
    ]:
        assert name in names
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"grader"}
    assert not [name for name in names if "tests/" in name or "__pycache__" in name]


def test_the_right_answer_passes(installed, tmp_path, softmax):
    done = grade(installed, tmp_path, softmax)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "All right" in done.stdout


def test_a_wrong_answer_is_told_its_mistake(installed, tmp_path):
    wrong = ROOT / "answers" / "ex11_softmax" / "misconceptions" / "axis_0.py"
    done = grade(installed, tmp_path, wrong.read_text(encoding="utf-8"), "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert "axis_0" in {check["misconception"] for check in report["checks"]}
    assert report["reached"] < report["maximum"]


def test_a_submission_cannot_open_the_answers(installed, tmp_path, softmax):
    course = course_of(installed)
    assert (course / "answers" / "ex11_softmax" / "reference.py").is_file()
    done = grade(installed, tmp_path, SNOOPING.format(course=str(course)) + softmax, "--json")
    report = json.loads(done.stdout)
    if report["isolation"]["level"] < 1:
        pytest.skip("this machine cannot shut a process off")
    assert done.returncode == 0, done.stdout
    seen = dict(line.split(maxsplit=1) for line in report["output"]["text"].splitlines())
    assert seen.pop("numpy").startswith("opened"), "the attempts are real"
    assert len(seen) == 12
    assert not [name for name, what in seen.items() if what.startswith(("opened", "imported"))]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_course_is_listed_in_every_language(installed, tmp_path, lang):
    program = installed / "venv" / "bin" / "grader"
    done = run(program, "list", "--lang", lang, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for name in ("ex11", "ex14", "ex42"):
        assert name in done.stdout


def test_a_quiz_is_started_from_the_installed_course(installed, tmp_path):
    program = installed / "venv" / "bin" / "grader"
    assert run(program, "init", ".", "ex14", cwd=tmp_path).returncode == 0
    done = run(program, "grade", "ex14", "--json", cwd=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["status"]) == (1, "graded")


def test_whoever_has_solved_it_sees_the_solution(installed, tmp_path, softmax):
    (tmp_path / "ex11_softmax.py").write_text(softmax, encoding="utf-8")
    program = installed / "venv" / "bin" / "grader"
    done = run(program, "show", "ex11", "--solution", "--lang", "fr", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "def softmax_of_row(row):" in done.stdout
    assert "L'idée essentielle" in done.stdout


def test_plain_pytest_finds_the_plugin(installed, tmp_path, softmax):
    path = tmp_path / "ex11_softmax.py"
    path.write_text(softmax, encoding="utf-8")
    python = installed / "venv" / "bin" / "python"
    exercise = course_of(installed) / "exercises" / "ex11_softmax"
    command = [python, "-m", "pytest", "-p", "no:cacheprovider", "--submission", path, exercise]
    done = run(*command, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "graded: 20.0 of 20.0 points" in done.stdout


def test_without_pytorch_a_class_loses_no_points(installed, tmp_path):
    folder = tmp_path / "handed-in" / "ana"
    folder.mkdir(parents=True)
    (folder / "ex11_softmax.py").write_text(SOFTMAX, encoding="utf-8")
    backward = ROOT / "answers" / "ex42_backward_gpu" / "reference.py"
    shutil.copy(backward, folder / "ex42_backward_gpu.py")
    program = installed / "venv" / "bin" / "grader"
    done = run(program, "batch", folder.parent, "--out", "out", cwd=tmp_path)
    assert done.returncode == 3, done.stdout + done.stderr
    with (tmp_path / "out" / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        told = {row["exercise"]: (row["status"], row["points"]) for row in csv.DictReader(file)}
    assert told == {"ex11": ("graded", "20"), "ex42": ("ungraded", "")}
    (report,) = (tmp_path / "out" / "reports").rglob("ex42-1.json")
    assert "PyTorch" in report.read_text("utf-8")
