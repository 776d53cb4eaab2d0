"""What the tests of the student's side share: a warm process that forks shut-off children."""

import contextlib
import errno
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from grader.student.sandbox.probe import KERNEL, probe

WARM = Path(__file__).with_name("warm.py")
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}


class Warm:
    """A process that forks a shut-off child for each snippet."""

    def __init__(self, scratch, **options):
        self.scratch = scratch
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-s", WARM, json.dumps(options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **ONE_THREAD, "TMPDIR": str(scratch)},
        )

    def answer(self, code, *, limits=None, **names):
        """Run a snippet in a child of its own; return what became of it."""
        names = {name: str(value) for name, value in names.items()}
        request = {"code": textwrap.dedent(code), "scratch": str(self.scratch), "names": names}
        self.process.stdin.write(json.dumps(request | (limits or {})) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the warm process has ended"
        return json.loads(line)

    def result(self, code, **names):
        """Return what the snippet set ``result`` to."""
        answer = self.answer(code, **names)
        assert "result" in answer, answer
        return answer["result"]

    def refused(self, code, *, number=errno.EPERM, **names):
        """Assert that the snippet was refused with this error number."""
        answer = self.answer(code, **names)
        assert answer.get("errno") == number, answer

    def close(self):
        """End the process."""
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(10)


@pytest.fixture(scope="module")
def warm_with(tmp_path_factory):
    """Start warm processes with options of their own."""
    with contextlib.ExitStack() as stack:

        def start(**options):
            process = Warm(tmp_path_factory.mktemp("scratch"), **options)
            stack.callback(process.close)
            return process

        yield start


@pytest.fixture(scope="session")
def kernel_level():
    """Skip where this machine cannot shut a process off."""
    found = probe()
    if found.level < KERNEL:
        pytest.skip(f"this machine lacks Landlock or seccomp: {found.details}")
    return found


@pytest.fixture(scope="module")
def warm(kernel_level, warm_with):
    """A warm process whose children are shut off by Landlock and seccomp."""
    assert kernel_level.level == KERNEL
    return warm_with()
