"""The process that judges cells, as the kernel sees it: started once, ended with the kernel."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

from grader.errors import GraderError

BOOT = "import sys; sys.path.append({root!r}); from grader.cli.cell.serve import main; main()"
ROOT = str(Path(__file__).resolve().parents[2])
_PATIENCE = 15.0  # seconds in which it ends what it has started
_TOLD = 2000  # characters of its errors


class JudgeProcessError(GraderError):
    """The process cannot be started, or ended before it answered; the message is for experts."""


class JudgeProcess:
    """A process that grades cells; started with the first one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._owner = os.getpid()

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """Send the question about a cell and return the answer.

        However else this ends, also by an interrupt, the process is ended with all that it has
        started, and the next question starts a new one.

        Raises:
            JudgeProcessError: there is no answer.

        """
        answered = False
        try:
            line = self._exchange(json.dumps(question).encode() + b"\n")
            answer: dict[str, Any] = json.loads(line)
            answered = True
        except (OSError, ValueError) as error:
            raise JudgeProcessError(self._told() or str(error)) from None
        finally:
            if not answered:
                self.end()
        return answer

    def _exchange(self, line: bytes) -> bytes:
        if self._process is None or self._process.poll() is not None:
            self._start()
        process = self._process
        assert process is not None and process.stdin and process.stdout  # noqa: S101, PT018 - pipes
        process.stdin.write(line)
        process.stdin.flush()
        return process.stdout.readline()

    def _start(self) -> None:
        self.end()
        # Not a backend of the kernel's, which draws into the notebook.
        environment = {name: os.environ[name] for name in os.environ if name != "MPLBACKEND"}
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
            [sys.executable, "-P", "-c", BOOT.format(root=ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment,
            # An interrupt is the kernel's: it ends this process in an orderly way.
            start_new_session=True,
        )

    def _told(self) -> str:
        """Return the end of what the process has written on its standard error."""
        if self._errors is None:
            return ""
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - _TOLD))
        return self._errors.read().decode("utf-8", "replace").strip()

    def end(self) -> None:
        """End the process, and all that it has started."""
        process, self._process = self._process, None
        if process is None or os.getpid() != self._owner:  # a fork of the kernel owns nothing
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        try:
            process.terminate()
            process.wait(_PATIENCE)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if self._errors is not None:
            self._errors.close()
            self._errors = None
