"""Throughput of a batch beside an earlier commit: ``python benchmarks/against.py COMMIT``.

The commit is checked out in a folder of its own and installed into an environment of its own. Both
then grade one class in turn, A B A B, so that a slow moment of the machine hits both. Prints JSON:
for each exercise, and for the mixed class, the median ratio of the rounds (this tree over that
commit), by the time between the first and the last verdict and by that of the whole command. Exit
code 1 when a class is judged below ``--least`` times as fast.
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
from pathlib import Path
from typing import Any

from batch_parts import EXERCISES, write_class

HERE = Path(__file__).resolve().parents[1]
# Every process of a batch imports the grader: both trees keep compiled files, as users have them.
COMPILING = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


class Tree:
    """A checkout and the interpreter that it is installed for."""

    def __init__(self, python: str, root: Path) -> None:
        self.python = python
        self.root = root
        # Both compute on the CPU: a later tree would take the simulated device where it can.
        about = [python, "-P", "-m", "grader", "batch", "--help"]
        said = subprocess.run(about, capture_output=True, text=True, check=True, cwd=root)
        self.device = ["--device", "cpu"] if "--device" in said.stdout else []

    def compile(self) -> None:
        """Compile the grader and the checks, as the first run does."""
        folders = [str(self.root / name) for name in ("grader", "exercises")]
        command = [self.python, "-m", "compileall", "-q", *folders]
        subprocess.run(command, check=True, env=COMPILING)

    def graded(self, folder: Path, out: Path) -> dict[str, float]:
        """Grade a class on two workers; return submissions a second, judging and in all."""
        command = [self.python, "-P", "-m", "grader", "--course", str(self.root), "batch"]
        command += [str(folder), "--out", str(out), "--jobs", "2", "--json", *self.device]
        began = time.perf_counter()
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
            cwd=self.root,
            env=COMPILING,
        )
        seconds = time.perf_counter() - began
        rows = sum(json.loads(done.stdout)["statuses"].values())
        times = sorted(path.stat().st_mtime for path in (out / "results").rglob("*.json"))
        return {"judging": (len(times) - 1) / (times[-1] - times[0]), "command": rows / seconds}


def checked_out(commit: str, folder: Path) -> Tree:
    """Check a commit out and install it, as the README says."""
    root = folder / "tree"
    do("git", "-C", str(HERE), "worktree", "add", "--detach", str(root), commit)
    do(sys.executable, "-m", "venv", str(folder / "venv"))
    python = str(folder / "venv" / "bin" / "python")
    constraints = str(root / "constraints.txt")
    do(python, "-m", "pip", "install", "-q", "-c", constraints, "-e", f"{root}[torch]")
    return Tree(python, root)


def do(*command: str) -> None:
    """Run a program whose output is none of the result; raise where it fails."""
    subprocess.run(command, check=True, stdout=sys.stderr)


def classes_of(size: int, wanted: list[str], folder: Path) -> dict[str, Path]:
    """Write the mixed class, and of it the classes of one exercise; return those wanted."""
    write_class(folder / "mixed", size)
    classes = {"mixed": folder / "mixed"}
    for name in EXERCISES:
        classes[name] = folder / name
        for file in sorted((folder / "mixed").rglob(f"{name}.py")):
            copy = folder / name / file.relative_to(folder / "mixed")
            copy.parent.mkdir(parents=True)
            copy.write_bytes(file.read_bytes())
    return {name: classes[name] for name in wanted}


def compare(
    ours: Tree, theirs: Tree, classes: dict[str, Path], rounds: int, folder: Path
) -> dict[str, Any]:
    """Grade the classes in turn and return the ratios, ours over theirs."""
    found: dict[str, Any] = {}
    for name, source in classes.items():
        pairs = []
        for number in range(rounds):
            mine = ours.graded(source, folder / f"out-{name}-{number}-ours")
            other = theirs.graded(source, folder / f"out-{name}-{number}-theirs")
            pairs.append((mine, other))
        found[name] = {
            key: {
                "ratio": round(statistics.median(a[key] / b[key] for a, b in pairs), 3),
                "ours": round(statistics.median(a[key] for a, _ in pairs), 1),
                "theirs": round(statistics.median(b[key] for _, b in pairs), 1),
            }
            for key in ("judging", "command")
        }
    return found


def main() -> int:
    """Compare, print JSON, return 1 when the bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commit")
    parser.add_argument("--size", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=5)
    names = ["mixed", *EXERCISES]
    parser.add_argument("--classes", nargs="+", choices=names, default=names)
    parser.add_argument("--least", type=float, default=0.97)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        theirs = checked_out(arguments.commit, folder)
        try:
            ours = Tree(sys.executable, HERE)
            classes = classes_of(arguments.size, arguments.classes, folder)
            for tree in (ours, theirs):
                tree.compile()
            found = compare(ours, theirs, classes, arguments.rounds, folder)
        finally:
            do("git", "-C", str(HERE), "worktree", "remove", "--force", str(theirs.root))
    print(json.dumps({"against": arguments.commit, "least": arguments.least, **found}, indent=2))
    return int(any(each["judging"]["ratio"] < arguments.least for each in found.values()))


if __name__ == "__main__":
    sys.exit(main())
