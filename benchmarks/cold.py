"""Single commands that are started anew, and what an installation takes on disk."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from trees import COMPILING, HERE, Tree, do

EX11 = HERE / "answers" / "ex11_softmax"
COMMANDS = {
    "cold_right": (["grade", "ex11", str(EX11 / "reference.py")], 0),
    "cold_wrong": (["grade", "ex11", str(EX11 / "misconceptions" / "axis_0.py")], 1),
    "cold_list": (["list"], 0),
}
"""Each command, and its exit code."""


def seconds(tree: Tree, name: str) -> float:
    """Return the wall time of one command; end the program where it did something else."""
    arguments, code = COMMANDS[name]
    began = time.perf_counter()
    done = subprocess.run(
        tree.command(*arguments),
        stdout=subprocess.DEVNULL,
        check=False,
        cwd=tree.root,
        env=COMPILING,
    )
    took = time.perf_counter() - began
    if done.returncode != code:
        sys.exit(f"{tree.root}: {name} ended with {done.returncode}, not {code}")
    return took


def installed_bytes(folder: Path, extra: str) -> int:
    """Install this tree into an environment of its own; return the bytes of its files."""
    environment = folder / f"installed{extra}"
    do(sys.executable, "-m", "venv", str(environment))
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "-q"]
    do(*pip, "-c", str(HERE / "constraints.txt"), f"{HERE}{extra}")
    files = (path for path in environment.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files)


def installation() -> tuple[int, int]:
    """Return the bytes of the plain package, and of that with PyTorch."""
    with tempfile.TemporaryDirectory() as name:
        return installed_bytes(Path(name), ""), installed_bytes(Path(name), "[torch]")
