"""What all tests share: the real program, started as a user starts it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.report.models import Report

ROOT = Path(__file__).resolve().parents[1]
QUIET = {"GRADER_LANG": "en", "NO_COLOR": "1", "COLUMNS": "100"}


class Grader:
    """Runs commands in a folder of their own."""

    def __init__(self, folder):
        self.folder = folder

    def run(self, *arguments, env=None, timeout=120):
        """Run ``grader`` with these arguments, as a process of its own."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GRADER_", "PYTEST_"))}
        return subprocess.run(
            [sys.executable, "-P", "-m", "grader", *map(str, arguments)],
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env={**kept, **QUIET, **(env or {})},
            timeout=timeout,
        )

    def write(self, name, content):
        """Write a file into the folder; text or bytes."""
        path = self.folder / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8")
        return path

    def grade(self, exercise, content=None, *options, name=None, env=None):
        """Grade content as a file of the exercise; return the report and the exit code."""
        arguments = []
        if content is not None:
            arguments = [self.write(name or f"{exercise}_answer.py", content)]
        elif name is not None:
            arguments = [self.folder / name]
        done = self.run("grade", exercise, *arguments, "--json", *options, env=env)
        assert done.stdout, done.stderr
        report = Report.model_validate(json.loads(done.stdout))
        return report, done.returncode


@pytest.fixture
def grader(tmp_path):
    """The program, in an empty folder."""
    return Grader(tmp_path)


@pytest.fixture(scope="session")
def softmax():
    """The right answer of ex11."""
    return (ROOT / "answers" / "ex11_softmax" / "reference.py").read_text(encoding="utf-8")
