"""Checkouts that can grade: this one, and one of an earlier commit with its own environment."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from grader.student.sandbox.probe import probe

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parents[1]
# Some checks of ex42 need a GPU; an earlier tree may leave more to a person.
JUDGED = {"graded", "incomplete", "needs_review"}
LEVEL = probe().level
"""How far this machine shuts code off; both trees have to."""
# Every process of a batch imports the grader: all trees keep compiled files, as users have them.
COMPILING = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

SET_CHILD_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)
ORPHANS_SECONDS = 60.0


class Graded(NamedTuple):
    """What a batch took; all times in seconds."""

    rows: int
    whole: float
    """From the start of the command to its end."""
    first: float
    """From the start of the command to the first stored verdict."""
    judging: float
    """From the first stored verdict to the last."""
    cpu: float
    """CPU time of the command and everything below it, user's and system's."""

    @property
    def warm(self) -> float:
        """Submissions a second between the first verdict and the last."""
        return (self.rows - 1) / self.judging


class Tree:
    """A checkout and the interpreter that it is installed for."""

    def __init__(self, python: str, root: Path) -> None:
        self.python = python
        self.root = root
        # All compute on the CPU: a later tree would take the simulated device where it can.
        about = [python, "-P", "-m", "grader", "batch", "--help"]
        said = subprocess.run(about, capture_output=True, text=True, check=True, cwd=root)
        self.device = ["--device", "cpu"] if "--device" in said.stdout else []

    def compile(self) -> None:
        """Compile the grader and the checks, as the first run does."""
        folders = [str(self.root / name) for name in ("grader", "exercises")]
        command = [self.python, "-m", "compileall", "-q", *folders]
        subprocess.run(command, check=True, env=COMPILING)

    def command(self, *arguments: str) -> list[str]:
        """Return a command of this tree's grader, for its own course."""
        return [self.python, "-P", "-m", "grader", "--course", str(self.root), *arguments]

    def graded(self, folder: Path, out: Path, jobs: int) -> Graded:
        """Grade a class by the command; end the program where not all were graded."""
        options = ["--out", str(out), "--jobs", str(jobs), "--json", *self.device]
        options += ["--require-isolation", LEVEL.label]
        adopt_orphans()
        spent = _cpu_of_children()
        began, clock = time.perf_counter(), time.time()
        done = subprocess.run(
            self.command("batch", str(folder), *options),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
            cwd=self.root,
            env=COMPILING,
        )
        seconds = time.perf_counter() - began
        wait_for_orphans()
        cpu = _cpu_of_children() - spent
        statuses = json.loads(done.stdout or b'{"statuses": {"none": 0}}')["statuses"]
        if not set(statuses) <= JUDGED:
            sys.exit(f"{self.root}: not all were graded: {statuses}")
        stored = [path.stat().st_mtime for path in (out / "results").rglob("*.json")]
        first, last = min(stored), max(stored)
        return Graded(sum(statuses.values()), seconds, first - clock, last - first, cpu)


def adopt_orphans() -> None:
    """Let what loses its parent become a child of this process.

    Workers end without waiting for their fork servers, below which most of the work is done: only
    who waits for a process is told its CPU time.
    """
    if ctypes.CDLL(None, use_errno=True).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER)")


def wait_for_orphans() -> None:
    """Wait for every child of this process; end the program where one stays."""
    until = time.monotonic() + ORPHANS_SECONDS
    while time.monotonic() < until:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not ended:
            time.sleep(0.01)
    sys.exit("processes of the command outlive it: their CPU time is not known")


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def do(*command: str) -> None:
    """Run a program whose output is none of the result; raise where it fails."""
    subprocess.run(command, check=True, stdout=sys.stderr)


@contextlib.contextmanager
def checked_out(commit: str) -> Iterator[Tree]:
    """Check a commit out and install it, as the README says; remove it again."""
    with tempfile.TemporaryDirectory() as name:
        root, environment = Path(name) / "tree", Path(name) / "venv"
        do("git", "-C", str(HERE), "worktree", "add", "--detach", str(root), commit)
        try:
            do(sys.executable, "-m", "venv", str(environment))
            python = str(environment / "bin" / "python")
            constraints = str(root / "constraints.txt")
            do(python, "-m", "pip", "install", "-q", "-c", constraints, "-e", f"{root}[torch]")
            yield Tree(python, root)
        finally:
            do("git", "-C", str(HERE), "worktree", "remove", "--force", str(root))


def checkout_at(commit: str, root: Path) -> Tree:
    """Return an existing checkout with its ``.venv``; end the program where it is another one."""
    there, asked = _said("git", "-C", str(root), "rev-parse", "HEAD"), full_name(commit)
    if there != asked:
        sys.exit(f"{root} is a checkout of {there}, not of {asked}")
    if _said("git", "-C", str(root), "status", "--porcelain", "--untracked-files=no"):
        sys.exit(f"{root} has changes that are not of {asked}")
    return Tree(str(root.absolute() / ".venv" / "bin" / "python"), root.absolute())


def full_name(commit: str) -> str:
    """Return the whole hash of a commit; end the program where there is none."""
    try:
        return _said("git", "-C", str(HERE), "rev-parse", "--verify", f"{commit}^{{commit}}")
    except subprocess.CalledProcessError:
        sys.exit(f"{commit} is no commit of this repository")


def _said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
