"""Commands of the real program, each in a process of its own, without importing it each time.

A process that has imported the commands, and nothing that starts threads, forks one for each
command: half of the CPU time of a short command is imports. What depends on how Python itself is
started (variables that it reads, the first import of the program) is tested with `fresh`.
"""

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

Request = dict[str, Any]
Environment = Mapping[str, str]
Done = subprocess.CompletedProcess[str]
COMMON = (
    *("grader.cli.main", "grader.cli.grade", "grader.cli.grading", "grader.cli.list"),
    *("grader.cli.show", "grader.judge.run", "pytest"),
)
HEAVY = ("numpy", "torch", "sqlalchemy", "matplotlib")
TESTS = str(Path(__file__).resolve().parents[1])
SERVE = f"""\
import sys
sys.path.append({TESTS!r})
from support.commands import serve
sys.path.remove({TESTS!r})
serve()
"""
READ_AT_START = ("PYTHON", "LANG", "LC_", "LD_")
"""Beginnings of variables that Python or the system's libraries read when a process starts."""


def serve() -> None:
    """Fork for each request on standard input; answer with its exit code."""
    for name in COMMON:
        import_module(name)
    assert not [name for name in HEAVY if name in sys.modules], "threads survive no fork"
    answers = os.fdopen(os.dup(1), "w")
    requests = os.fdopen(os.dup(0), "r")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    for line in requests:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            answers.close()
            requests.close()
            become(request)
            return
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)


def become(request: Request) -> None:
    """Be the program: in its folder, with its environment, writing into its files."""
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    for number, path in ((1, request["out"]), (2, request["err"])):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(file, number)
        os.close(file)
    sys.argv = ["grader", *request["arguments"]]
    import_module("grader.cli.main").main()


class Warm:
    """Runs commands in processes forked from one that has imported them."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.process: subprocess.Popen[bytes] | None = None

    def run(
        self, arguments: list[str], folder: Path, environment: Environment, timeout: float
    ) -> Done:
        """Run ``grader`` and return what ``subprocess.run`` would."""
        if self.process is None or self.process.poll() is not None:
            self.process = self._started()
        out, err = self.scratch / "out", self.scratch / "err"
        request = {"arguments": arguments, "folder": str(folder), "environment": environment}
        request |= {"out": str(out), "err": str(err)}
        asked, answered = self.process.stdin, self.process.stdout
        assert asked
        assert answered
        asked.write(json.dumps(request).encode() + b"\n")
        asked.flush()
        ready, _, _ = select.select([answered], [], [], timeout)
        if not ready:
            self.close()
            raise subprocess.TimeoutExpired(["grader", *arguments], timeout)
        code = int(answered.readline() or -signal.SIGKILL)
        texts = (path.read_text(encoding="utf-8") for path in (out, err))
        return subprocess.CompletedProcess(["grader", *arguments], code, *texts)

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-P", "-c", SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )

    def close(self) -> None:
        """End the process, and whatever a command has left in its session."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.communicate()
            self.process = None


def fresh(arguments: list[str], folder: Path, environment: Environment, timeout: float) -> Done:
    """Run ``grader`` as a user's shell starts it."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "grader", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=environment,
        timeout=timeout,
    )


def is_read_at_start(names: Iterable[str]) -> bool:
    """Return True if one of the variables means something only to a process that starts."""
    return any(name.startswith(READ_AT_START) for name in names)
