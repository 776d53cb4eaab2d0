"""What the tests of the judge share: a copy of the tiny course, rewritten at will, and verdicts."""

import contextlib
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
import yaml
from support.puppet import Talk
from support.text_blocks import block

from grader.course.loading import Course
from grader.judge import run
from grader.judge.processes.open_factory import open_process_factory
from grader.judge.processes.student_processes import ProcessFactory, SandboxOptions
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options
from grader.report.localise import localise

TINY = Path(__file__).resolve().parents[1] / "courses" / "tiny"
NAMES = "assert_close, assert_dtype, assert_unmodified, fail, held_back, hidden, needs, points"
HEAD = f"""\
import numpy as np

from grader import {NAMES}, seeded, tensor
"""
RIGHT = block("""
    def double(x):
        return 2 * x
""")


class Court:
    """A copy of the tiny course, and what becomes of submissions before it."""

    right = RIGHT

    def __init__(self, root):
        self.root = root
        shutil.copytree(TINY, root)

    def write(self, name, text):
        """Write a file of the course."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def exercise(self, checks, *, points=None, reference=RIGHT, wrong=(), **fields):
        """Rewrite ex01; every check that ``checks`` defines is worth 1 point unless told."""
        names = re.findall(r"^def (test_\w+)", checks, re.MULTILINE)
        structure = {
            "format": 1,
            "id": "ex01",
            "slug": "double",
            "kind": "code",
            "section": "numbers",
            "functions": {"double": ["x"]},
            "checks": points or dict.fromkeys(names, 1),
            "misconceptions": list(wrong),
            **fields,
        }
        self.write(
            "exercises/ex01_double/exercise.yaml", yaml.safe_dump(structure, sort_keys=False)
        )
        self.write("exercises/ex01_double/checks.py", f"{HEAD}\n\n{checks}")
        self.write("answers/ex01_double/reference.py", reference)
        for name, source in dict(wrong).items():
            self.write(f"answers/ex01_double/misconceptions/{name}.py", source)

    def open(self, **options):
        """Return a judge of ex01; the caller closes it."""
        return Judge(Course(self.root).exercise("ex01"), Options(**options))

    def judge(self, source=RIGHT, *, name="ex01.py", **options):
        """Return the report on one submission, with its texts in English."""
        with self.open(**options) as judge:
            report = judge.judge(read_bytes(source.encode(), name, "code"))
            return localise(report, judge.exercise.course, "en")

    def checks(self, source=RIGHT, **options):
        """Return the results of one submission by check."""
        return {check.id: check for check in self.judge(source, **options).checks}


class Lent(ProcessFactory):
    """A factory that is not the borrower's to close."""

    def __init__(self, owned):
        self.owned = owned

    @property
    def hello(self):
        return self.owned.hello

    def start(self, limits):
        return self.owned.start(limits)

    def settle(self):
        self.owned.settle()

    def close(self):
        pass


@pytest.fixture(scope="session")
def warm():
    """One process factory for all tests that need no other: most of a judge's time goes into it."""
    opened = open_process_factory(SandboxOptions(("numpy",), (str(TINY),)))
    yield opened
    opened.close()


@pytest.fixture
def court(tmp_path, warm, monkeypatch):
    """The tiny course, open to changes."""

    def lend(options):
        plain = SandboxOptions(("numpy",), options.closed)
        if options != plain or os.environ.get("GRADER_SPAWN") == "1":
            return open_process_factory(options)
        return Lent(warm)

    monkeypatch.setattr(run, "open_process_factory", lend)
    # Checks are written twice within a second: what is kept of the first would be taken for them.
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return Court(tmp_path / "course")


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    """Where the judge makes scratch folders during this test."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def speak():
    """Start a conversation with a process that runs a script."""
    with contextlib.ExitStack() as opened:

        def start(script, **limits):
            talk = Talk(script, **limits)
            opened.callback(talk.close_for_good)
            return talk

        yield start
