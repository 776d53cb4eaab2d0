"""Single commands beside an earlier commit: ``python benchmarks/cold.py COMMIT``.

The commit is checked out and installed as in ``against.py``. Each command is then started by both
in turn, A B A B: a right and a wrong answer to ex11, and ``grader list``. Prints JSON: for each
command the median ratio of wall times, this tree over that commit. With ``--install`` also what the
plain package takes on disk, over what it takes with PyTorch. Exit code 1 when a bound is missed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from against import HERE, Tree, checked_out, do

EX11 = HERE / "answers" / "ex11_softmax"
COMMANDS = {
    "right": (["grade", "ex11", str(EX11 / "reference.py")], 1.0),
    "wrong": (["grade", "ex11", str(EX11 / "misconceptions" / "axis_0.py")], 1.1),
    "list": (["list"], 1.0),
}
"""Each command, and how many times as long as that commit it may take."""
INSTALL = 0.2
NOISE = 0.02
"""Medians of equal commands differ by as much on a quiet machine."""


def seconds(tree: Tree, arguments: list[str]) -> float:
    """Return the wall time of one command."""
    command = [tree.python, "-P", "-m", "grader", "--course", str(tree.root), *arguments]
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False, cwd=tree.root)
    return time.perf_counter() - began


def compare(ours: Tree, theirs: Tree, rounds: int) -> dict[str, Any]:
    """Run every command in turn and return the ratios, ours over theirs."""
    found: dict[str, Any] = {}
    for name, (arguments, bound) in COMMANDS.items():
        pairs = [(seconds(ours, arguments), seconds(theirs, arguments)) for _ in range(rounds + 1)]
        pairs = pairs[1:]  # the first start reads everything from disk
        found[name] = {
            "ratio": round(statistics.median(a / b for a, b in pairs), 3),
            "bound": bound,
            "ours": round(statistics.median(a for a, _ in pairs), 3),
            "theirs": round(statistics.median(b for _, b in pairs), 3),
        }
    return found


def installed_bytes(folder: Path, extra: str) -> int:
    """Install this tree into an environment of its own; return the bytes of its files."""
    environment = folder / f"installed{extra}"
    do(sys.executable, "-m", "venv", str(environment))
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "-q"]
    do(*pip, "-c", str(HERE / "constraints.txt"), f"{HERE}{extra}")
    files = (path for path in environment.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files)


def install(folder: Path) -> dict[str, Any]:
    """Return the size of the plain package over that of the package with PyTorch."""
    plain, whole = installed_bytes(folder, ""), installed_bytes(folder, "[torch]")
    return {"ratio": round(plain / whole, 3), "bound": INSTALL, "ours": plain, "theirs": whole}


def main() -> int:
    """Compare, print JSON, return 1 when a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commit")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--install", action="store_true", help="measure the installation as well")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        theirs = checked_out(arguments.commit, folder)
        try:
            found = compare(Tree(sys.executable, HERE), theirs, arguments.rounds)
        finally:
            do("git", "-C", str(HERE), "worktree", "remove", "--force", str(theirs.root))
        if arguments.install:
            found["install"] = install(folder)
    print(json.dumps({"against": arguments.commit, **found}, indent=2))
    return int(any(each["ratio"] > each["bound"] + NOISE for each in found.values()))


if __name__ == "__main__":
    sys.exit(main())
