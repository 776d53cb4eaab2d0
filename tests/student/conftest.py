"""What the tests of the student's side share: a warm process that forks shut-off children."""

import contextlib
import errno
import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from support.offered import granted

from grader.student.sandbox.probe import ProbeResult, probe
from grader.wire.levels import FULL, KERNEL, LEVEL_NAMES, NO_OPEN, OWN_CODE_ONLY

WARM = Path(__file__).with_name("warm.py")
ROOT = WARM.parents[2]
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
SOMEBODY = 61000  # an ordinary user, of whom nobody has heard


class Warm:
    """A process that forks a shut-off child for each snippet."""

    def __init__(self, scratch, *, as_user=None, **options):
        self.scratch = scratch
        command = [sys.executable, "-P", "-s", WARM, json.dumps(options | {"folder": str(scratch)})]
        environment = {**os.environ, **ONE_THREAD, "TMPDIR": str(scratch)}
        # torch sets it when a test builds an optimiser: a folder that is not there, shut off.
        environment.pop("TORCHINDUCTOR_CACHE_DIR", None)
        identity = {}
        if as_user is not None:
            command[0], environment["PYTHONPATH"] = as_user
            environment["HOME"] = "/nonexistent"
            identity = {"user": SOMEBODY, "group": SOMEBODY, "extra_groups": []}
            os.chown(scratch, SOMEBODY, SOMEBODY)
            open_the_way(scratch)
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            cwd="/",
            **identity,
        )
        self.level = json.loads(self.process.stdout.readline() or "null")

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

    def closed(self, code, **names):
        """Assert that a file outside was closed to the snippet, or not there for it."""
        absent = {errno.ENOENT, errno.EROFS} if self.level == FULL else set()
        answer = self.answer(code, **names)
        assert answer.get("errno") in {errno.EACCES, errno.EXDEV, *absent}, answer

    def close(self):
        """End the process."""
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(120)


def open_the_way(path):
    """Let everybody through to a temporary folder."""
    for folder in path.parents:
        if folder.stat().st_uid == os.geteuid() and folder.name.startswith(("pytest-", "popen-")):
            folder.chmod(0o711)


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
def found():
    """What this machine offers."""
    return probe(readable=granted())


@pytest.fixture(scope="session")
def offered(found):
    """Skip where this machine does not offer a level."""

    def require(level):
        if level not in levels_of(found):
            pytest.skip(f"this machine has no level {LEVEL_NAMES[level]}: {found.details}")
        return level

    return require


def levels_of(found: ProbeResult):
    """Return the levels that a machine has."""
    missing = set(found.missing)
    needs = {FULL: {"namespaces", "seccomp"}, KERNEL: {"landlock", "seccomp"}, NO_OPEN: {"seccomp"}}
    return {OWN_CODE_ONLY, *(level for level, needed in needs.items() if not needed & missing)}


def each(*levels):
    """Return the parameters of a fixture that runs at each of these levels."""
    return {"params": levels, "ids": [LEVEL_NAMES[level] for level in levels]}


@pytest.fixture(scope="module", **each(FULL, KERNEL))
def warm(request, offered, warm_with):
    """A warm process whose children have only the files that were granted."""
    return warm_with(max_level=offered(request.param))


@pytest.fixture(scope="module", **each(FULL, KERNEL, NO_OPEN))
def shut_off(request, offered, warm_with):
    """A warm process whose children are shut off in one way or another."""
    return warm_with(max_level=offered(request.param))


@pytest.fixture(scope="session")
def way_to():
    """Open the way to a temporary folder for everybody."""
    return open_the_way


@pytest.fixture(scope="session")
def ordinary():
    """An interpreter that everybody can use, and where it finds grader and the libraries."""
    if os.geteuid() != 0:
        pytest.skip("only root can start programs as somebody else")
    name = f"python3.{sys.version_info.minor}"
    candidates = [sys.executable, shutil.which(name, path="/usr/bin:/usr/local/bin")]
    paths = os.pathsep.join(map(str, [ROOT, *{file.parents[1] for file in granted().samples}]))
    command = ["-P", "-c", "import click, numpy, grader.student.boot"]
    for candidate in filter(None, candidates):
        with contextlib.suppress(OSError):
            done = subprocess.run(
                [candidate, *command],
                env={"PYTHONPATH": paths},
                cwd="/",
                user=SOMEBODY,
                group=SOMEBODY,
                extra_groups=[],
                check=False,
                capture_output=True,
            )
            if done.returncode == 0:
                return candidate, paths
    pytest.skip("no interpreter here that everybody can use")
