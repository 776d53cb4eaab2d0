"""The handle on an arena: starts it, asks it, ends it."""

import contextlib
import json
import os
import selectors
import subprocess
import sys
from pathlib import Path

from arena import planted
from arena.keeper import REFUSED
from arena.mounts import PRIVATE, ROOT

KEEPER = Path(__file__).with_name("keeper.py")
SPACES = ("--mount", "--mount-proc", "--pid", "--fork", "--kill-child")
MAPPED = ("--user", "--map-root-user")
START_SECONDS, ANSWER_SECONDS = 60, 180
LONGEST_WORDS = 1 << 20


class NoArenaError(Exception):
    """This machine cannot make the namespaces; says why."""


class ArenaEndedError(Exception):
    """The arena ended, or did not answer: what was asked of it was too much for it."""


class Arena:
    """A grader in namespaces of its own.

    ``surroundings``: "root" and "user" say who grades, "container" is root in a container as they
    are by default: few privileges and system calls, no user namespaces. ``patches``: text to append
    to modules of a copy of the package, by path, which is used instead of it.
    """

    def __init__(self, surroundings="root", patches=None):
        """Start one; raises NoArenaError."""
        if sys.platform != "linux":
            raise NoArenaError(f"{sys.platform} has no namespaces")
        self._said = os.memfd_create("said")
        self._last_words = ""
        settings = {
            "surroundings": surroundings,
            "environment": _environment(),
        }
        spaces = SPACES if os.geteuid() == 0 else (*MAPPED, *SPACES)
        try:
            self._process = subprocess.Popen(
                ["unshare", *spaces, sys.executable, "-P", KEEPER, json.dumps(settings)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
            )
        except OSError as problem:
            os.close(self._said)
            raise NoArenaError(f"unshare is not installed: {problem}") from problem
        self._plan(patches or {})
        try:
            self.hello = self.ask("hello", timeout=START_SECONDS)
        except ArenaEndedError as problem:
            self.close()
            if self._process.returncode in {1, REFUSED} and "Traceback" not in str(problem):
                raise NoArenaError(f"no namespaces: {problem}") from None
            raise

    def _plan(self, patches):
        copies = planted.copies()
        if patches:
            copies["patched/grader"] = str(ROOT / "grader")
        plan = {"copies": copies, "files": planted.files(), "patches": patches}
        with contextlib.suppress(BrokenPipeError):
            self._send(plan | {"private": planted.PRIVATE_FILES})

    def _send(self, message):
        self._process.stdin.write(json.dumps(message).encode() + b"\n")
        self._process.stdin.flush()

    def judge(self, name, source, exercise="ex11", **options):
        """Judge a submission, then the honest answer; return both, and what was left.

        Options: ``limits``, ``max_level``, ``seed``. Raises ArenaEndedError.
        """
        return self.ask("judge", name=name, source=source, exercise=exercise, **options)

    def run(self, *commands, environment=None):
        """Run commands one after the other; return for each what came of it."""
        return self.ask("run", commands=commands, environment=environment or {})

    def ask(self, operation, *, timeout=ANSWER_SECONDS, **request):
        """Send a request and return the answer."""
        try:
            self._send({"op": operation, **request})
            return json.loads(self._line(timeout))
        except (BrokenPipeError, TimeoutError, ValueError) as problem:
            if isinstance(problem, TimeoutError):
                self._process.kill()
            self.close()
            raise ArenaEndedError(self._last_words or repr(problem)) from None

    def _line(self, timeout):
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            if not selector.select(timeout):
                raise TimeoutError
        return self._process.stdout.readline()

    @property
    def alive(self):
        """Whether it can still be asked."""
        return self._process.poll() is None

    def close(self):
        """End it and everything in it; harmless when it has ended."""
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        if self._said >= 0:
            said = os.pread(self._said, LONGEST_WORDS, 0).decode(errors="replace")
            self._last_words = said.strip()[-2000:]
            os.close(self._said)
            self._said = -1


def _environment():
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {
        "GRADER_LANG": "en",
        "HOME": str(PRIVATE / "home"),
        # A scratch folder stands two levels deeper: attacks find their way from there.
        "TMPDIR": str(PRIVATE),
        "SECRET": planted.CANARIES["environment"],
        "PYTHONDONTWRITEBYTECODE": "1",  # pytest keeps compiled checks beside them
    }
