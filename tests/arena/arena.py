"""The handle on an arena: starts it, asks it, ends it."""

import contextlib
import json
import os
import selectors
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from arena import planted
from arena.keeper import REFUSED
from arena.mounts import PRIVATE, ROOT

KEEPER = Path(__file__).with_name("keeper.py")
SPACES = ("--mount", "--mount-proc", "--pid", "--fork", "--kill-child")
MAPPED = ("--user", "--map-root-user")
START_SECONDS, ANSWER_SECONDS = 300, 300
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

    def __init__(
        self, surroundings: str = "root", patches: Mapping[str, str] | None = None
    ) -> None:
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
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests, self._answers = self._process.stdin, self._process.stdout
        self._plan(patches or {})
        try:
            self.hello = self.ask("hello", timeout=START_SECONDS)
        except ArenaEndedError as problem:
            self.close()
            if self._process.returncode in {1, REFUSED} and "Traceback" not in str(problem):
                raise NoArenaError(f"no namespaces: {problem}") from None
            raise

    def _plan(self, patches: Mapping[str, str]) -> None:
        copies = planted.copies()
        if patches:
            copies["patched/grader"] = str(ROOT / "grader")
        plan = {"copies": copies, "files": planted.files(), "patches": patches}
        with contextlib.suppress(BrokenPipeError):
            self._send(plan | {"private": planted.PRIVATE_FILES})

    def _send(self, message: Mapping[str, Any]) -> None:
        self._requests.write(json.dumps(message).encode() + b"\n")
        self._requests.flush()

    def judge(
        self, name: str, source: str, exercise: str = "ex11", **options: Any
    ) -> dict[str, Any]:
        """Judge a submission, then the honest answer; return both, and what was left.

        Options: ``limits``, ``max_level``, ``seed``, ``pipelined``. Raises ArenaEndedError.
        """
        answer: dict[str, Any] = self.ask(
            "judge", name=name, source=source, exercise=exercise, **options
        )
        return answer

    def run(
        self, *commands: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> list[dict[str, Any]]:
        """Run commands one after the other; return for each what came of it."""
        answers: list[dict[str, Any]] = self.ask(
            "run", commands=commands, environment=environment or {}
        )
        return answers

    def ask(self, operation: str, *, timeout: float = ANSWER_SECONDS, **request: Any) -> Any:
        """Send a request and return the answer."""
        try:
            self._send({"op": operation, **request})
            return json.loads(self._line(timeout))
        except (BrokenPipeError, TimeoutError, ValueError) as problem:
            if isinstance(problem, TimeoutError):
                self._process.kill()
            self.close()
            raise ArenaEndedError(self._last_words or repr(problem)) from None

    def _line(self, timeout: float) -> bytes:
        with selectors.DefaultSelector() as selector:
            selector.register(self._answers, selectors.EVENT_READ)
            if not selector.select(timeout):
                raise TimeoutError
        return self._answers.readline()

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return self._process.poll() is None

    def close(self) -> None:
        """End it and everything in it; harmless when it has ended."""
        with contextlib.suppress(BrokenPipeError):
            self._requests.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._answers.close()
        if self._said >= 0:
            said = os.pread(self._said, LONGEST_WORDS, 0).decode(errors="replace")
            self._last_words = said.strip()[-2000:]
            os.close(self._said)
            self._said = -1


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {
        "GRADER_LANG": "en",
        "HOME": str(PRIVATE / "home"),
        # A scratch folder stands two levels deeper: attacks find their way from there.
        "TMPDIR": str(PRIVATE),
        "SECRET": planted.CANARIES["environment"],
        "PYTHONDONTWRITEBYTECODE": "1",  # pytest keeps compiled checks beside them
    }
