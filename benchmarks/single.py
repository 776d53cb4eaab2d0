"""What one command costs, as ratios within one run: ``python benchmarks/single.py``.

Prints JSON. Each command and what it is compared with are timed in turn, so that a slow moment of
the machine hits both. Exit code 1 when a ratio exceeds its bound.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from grader.course.loading import Course
from grader.course.root import course_root

PYTHON = sys.executable


@dataclass(frozen=True)
class Measured:
    """A command, what it is compared with, and how many times as long it may take."""

    name: str
    command: list[str]
    yardstick: list[str]
    bound: float


def bare_pytest(folder: Path, exercise: str) -> Path:
    """Write a plain pytest file that runs the checks of an exercise in its own process.

    The same check functions on the same inputs; `student` and `reference` are the modules
    themselves, and the fixtures are plain ones.
    """
    loaded = Course(course_root()).exercise(exercise)
    text = f"""
import importlib.util, pytest, numpy as np
from types import SimpleNamespace

def module(path):
    spec = importlib.util.spec_from_file_location("module", path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made

class Called:
    def __init__(self, function): self.function = function
    def __call__(self, *args): return self.function(*args)
    def outcome(self, *args):
        from grader.judge.processes.outcomes import Returned
        return Returned(self.function(*args), {{}})

def wrapped(made):
    names = {list(loaded.code.functions)!r}
    return SimpleNamespace(**{{name: Called(getattr(made, name)) for name in names}})

REFERENCE = wrapped(module({str(loaded.answers / "reference.py")!r}))
CHECKS = module({str(loaded.checks_file)!r})

@pytest.fixture
def student(): return REFERENCE
@pytest.fixture
def reference(): return REFERENCE
@pytest.fixture
def rng(): return np.random.default_rng(0)
@pytest.fixture
def remark(): return lambda name: None
@pytest.fixture
def submission(): return None

globals().update({{k: v for k, v in vars(CHECKS).items() if k.startswith("test_")}})
"""
    file = folder / f"test_{loaded.name}.py"
    file.write_text(text)
    return file


def seconds(command: list[str], folder: Path) -> float:
    """Run a command in a folder and return the wall seconds it took."""
    # Bare pytest is bare: plugins that happen to be installed would only make it slower.
    environment = {**os.environ, "GRADER_LANG": "en", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    began = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, env=environment)
    took = time.perf_counter() - began
    if done.returncode not in (0, 1):
        sys.exit(f"{command} ended with {done.returncode}: {done.stderr.decode()[-2000:]}")
    return took


def measure(measured: Measured, folder: Path, repeats: int) -> dict[str, object]:
    """Time a command and its yardstick in turn."""
    pairs = [
        (seconds(measured.command, folder), seconds(measured.yardstick, folder))
        for _ in range(repeats)
    ]
    command = statistics.median(pair[0] for pair in pairs)
    yardstick = statistics.median(pair[1] for pair in pairs)
    ratio = command / yardstick
    return {
        "name": measured.name,
        "seconds": round(command, 3),
        "yardstick_seconds": round(yardstick, 3),
        "ratio": round(ratio, 2),
        "bound": measured.bound,
        "within": ratio <= measured.bound,
    }


def plan(folder: Path) -> list[Measured]:
    """Return what is measured."""
    grader = [PYTHON, "-m", "grader"]
    light = [PYTHON, "-c", "import click, yaml"]
    course = Course(course_root())
    answers = {}
    for name in ("ex11", "ex42"):
        loaded = course.exercise(name)
        answers[name] = folder / f"{loaded.name}.py"
        answers[name].write_text(loaded.reference_source)
    return [
        Measured("grader list", [*grader, "list"], light, 5),
        Measured("grader show ex11", [*grader, "show", "ex11"], light, 5),
        Measured("grader --help", [*grader, "--help"], light, 5),
        Measured(
            "grade ex11, cold",
            [*grader, "grade", "ex11", str(answers["ex11"])],
            [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider",
             str(bare_pytest(folder, "ex11"))],
            2,
        ),
        Measured(
            "grade ex42, cold",
            [*grader, "grade", "ex42", str(answers["ex42"])],
            [PYTHON, "-c", "import torch, pytest"],
            2,
        ),
    ]  # fmt: skip


def main() -> int:
    """Measure, print JSON, return 1 when a bound is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=7)
    repeats = parser.parse_args().repeats
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        planned = plan(folder)
        for measured in planned:  # once for the disk cache and compiled bytecode
            seconds(measured.command, folder)
            seconds(measured.yardstick, folder)
        results = [measure(measured, folder, repeats) for measured in planned]
    print(json.dumps({"repeats": repeats, "cores": os.cpu_count(), "results": results}, indent=2))
    return 0 if all(result["within"] for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
