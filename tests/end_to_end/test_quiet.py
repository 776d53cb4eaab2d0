"""Warnings that values of a submission raise in the judge, and its own names, reach nobody."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ODD_ARGUMENTS = """\
import numpy as np


def numerical_gradient(f, x, h=1e-4):
    for odd in (np.nan, np.inf, -np.inf, 1e308, 1j, np.float16(1), np.longdouble("1e4000")):
        f(np.full(x.shape, odd))
    for odd in (None, "text", [[1.0], [2.0, 3.0]], object(), {1: 2}, np.zeros(0), f):
        try:
            f(odd)
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error)
    return np.full(x.shape, 1j if x.ndim == 1 else np.inf)
"""
ODD_RESULTS = """\
import numpy as np

ODD = [1e308, np.inf, np.nan, 1j * np.inf, np.longdouble("1e4000"), 10**400, 5e-324, True]
calls = 0


def softmax(x):
    global calls
    calls += 1
    with np.errstate(all="ignore"):
        return np.full(x.shape, ODD[calls % len(ODD)])
"""
ODD_LOSSES = """\
import numpy as np

ODD = [1e308, np.inf, np.nan, 1j, np.longdouble("1e4000"), -1e308, np.array([1.0]), np.float16(9)]
calls = 0


def cross_entropy_error(d, y):
    global calls
    calls += 1
    return ODD[calls % len(ODD)]
"""
SUBMISSIONS = {"ex11": ODD_RESULTS, "ex15": ODD_LOSSES, "ex23": ODD_ARGUMENTS}
OURS = re.compile(
    r"Warning|checks\.py|Traceback|grader\.\w|<locals>|site-packages"
    r"|\b(?:Unsupported|GeneratorItems|Callback|SeededRng|StudentNamespace|CheckFailedError|AuthorError)\b"
)


def lines_of_ours(text):
    return [line for line in text.splitlines() if OURS.search(line)]


@pytest.mark.parametrize("exercise", SUBMISSIONS)
def test_grade_shows_the_report_alone(grader, exercise):
    path = grader.write(f"{exercise}.py", SUBMISSIONS[exercise])
    for options in ([], ["--json"], ["--audience", "teacher"]):
        done = grader.run("grade", exercise, path, *options)
        assert done.returncode == 1
        assert done.stderr == ""
        assert lines_of_ours(done.stdout) == []


def test_a_batch_shows_none_of_it_either(grader):
    (grader.folder / "class" / "s100").mkdir(parents=True)
    for exercise, source in SUBMISSIONS.items():
        grader.write(f"class/s100/{exercise}.py", source)
    done = grader.run("batch", "class", "--out", "out", env={"PYTHONWARNINGS": "default"})
    assert done.returncode == 0, done.stderr
    assert lines_of_ours(done.stdout + done.stderr) == []


@pytest.mark.parametrize("exercise", SUBMISSIONS)
def test_plain_pytest_lists_no_warning(grader, exercise):
    path = grader.write(f"{exercise}.py", SUBMISSIONS[exercise])
    (folder,) = (ROOT / "exercises").glob(f"{exercise}_*")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "GRADER_"))}
    unused = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest", "--tb=no")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *unused, "--submission", path, folder],
        cwd=grader.folder,
        env=kept | {"NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Warning" not in done.stdout + done.stderr
    assert done.stderr == ""
