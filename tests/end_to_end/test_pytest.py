"""Plain pytest judges as `grade` does: same checks, same processes, same report."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.text_blocks import block

RIGHT = block("""
    def double(x):
        return 2 * x
""")

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
TINY = ROOT / "tests" / "courses" / "tiny"
DOUBLE = "exercises/ex01_double"
SUBMISSIONS = {
    "the reference": ("ex01.py", (TINY / "answers/ex01_double/reference.py").read_text()),
    "a misconception": (
        "ex01.py",
        block("""
            def double(x):
                return x**2
        """),
    ),
    "a crash": (
        "ex01.py",
        block("""
            import os


            def double(x):
                os._exit(1)
        """),
    ),
    "a remark": (
        "ex01.py",
        block("""
            print('hello')


            def double(x):
                return x + x
        """),
    ),
    "what does not load": ("ex01.py", "import nothing_of_this_name\n"),
    "a quiz": (
        "ex02.yaml",
        block("""
            smallest: three
            half: 1/4
            even: [one]
        """),
    ),
    "lines": ("ex03.yaml", "returned: 3\n"),
}
FOLDERS = {"ex01": DOUBLE, "ex02": "exercises/ex02_everything", "ex03": "exercises/ex03_find_line"}


@pytest.fixture
def plain(tmp_path):
    """Run plain pytest on a submission; return the process and the report it wrote."""

    def run(submission, target, *options):
        report = tmp_path / "report.json"
        unused = ("no:cacheprovider", "no:hypothesispytest")
        plugins = [option for name in unused for option in ("-p", name)]
        command = [sys.executable, "-m", "pytest", *plugins, "--submission"]
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "GRADER_"))}
        done = subprocess.run(
            [*command, submission, "--submission-report", report, *options, target],
            cwd=tmp_path,
            env=kept | {"NO_COLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        read = json.loads(report.read_text(encoding="utf-8")) if report.exists() else None
        return done, read

    return run


def without_run(report):
    return {name: value for name, value in report.items() if name != "run"}


@pytest.mark.parametrize(
    ("name", "content"), [pytest.param(*each, id=kind) for kind, each in SUBMISSIONS.items()]
)
def test_the_report_is_that_of_grade(grader, plain, name, content):
    path = grader.write(name, content)
    done, report = plain(path, TINY / FOLDERS[path.stem])
    teacher = ("--audience", "teacher", "--seed", report["seed"] or 7)  # not a secret one
    graded = grader.run("grade", path.stem, path, "--course", TINY, "--json", *teacher)
    assert without_run(report) == without_run(json.loads(graded.stdout))
    assert (done.returncode == 0) == (graded.returncode == 0), done.stdout + done.stderr
    assert f"{report['status']}: {report['reached']} of {report['reachable']}" in done.stdout


def test_the_same_on_an_exercise_of_the_course_itself(grader, plain, softmax):
    path = grader.write("ex11.py", softmax.replace("np.max", "np.min"))
    _, report = plain(path, ROOT / "exercises" / "ex11_softmax")
    teacher = ("--audience", "teacher", "--seed", report["seed"])  # the public one
    graded, _ = grader.grade("ex11", None, *teacher, name="ex11.py")
    assert without_run(report) == without_run(graded.model_dump(mode="json"))
    assert 0 < report["reached"] < report["maximum"]


def test_another_seed_draws_other_inputs(grader, plain):
    path = grader.write(
        "ex01.py",
        block("""
            def double(x):
                return 3 * x
        """),
    )
    seen = [plain(path, TINY / DOUBLE, *options)[1] for options in ([], ["--submission-seed", "8"])]
    assert [report["seed"] for report in seen] == [7, 8]
    assert seen[0]["checks"][0]["feedback"] != seen[1]["checks"][0]["feedback"]


def test_the_file_of_the_checks_can_be_named_as_well_as_the_folder(grader, plain):
    path = grader.write(
        "ex01.py",
        RIGHT,
    )
    done, report = plain(path, TINY / DOUBLE / "checks.py")
    assert done.returncode == 0
    assert report["reached"] == report["maximum"]


def test_without_an_exercise_it_is_a_usage_error(grader, plain):
    path = grader.write(
        "ex01.py",
        RIGHT,
    )
    done, report = plain(path, path.parent)
    assert (done.returncode, report) == (pytest.ExitCode.USAGE_ERROR, None)
    assert "exercise.yaml" in done.stderr


@pytest.mark.parametrize("name", ["nowhere.py", "ex01.txt"])
def test_a_submission_that_cannot_be_read_is_a_usage_error(grader, plain, name):
    if name == "ex01.txt":
        grader.write(
            name,
            RIGHT,
        )
    done, report = plain(grader.folder / name, TINY / DOUBLE)
    assert (done.returncode, report) == (pytest.ExitCode.USAGE_ERROR, None)
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_submission_the_plugin_collects_nothing(tmp_path):
    (tmp_path / "test_mine.py").write_text(
        block("""
            def test_mine():
                pass
        """),
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", ".", TINY],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout
