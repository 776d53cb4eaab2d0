"""What a batch has in memory, sampled beside it."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from trees import LEVEL

from grader.wire.levels import FULL

if TYPE_CHECKING:
    from trees import Tree

# This program, the command, its worker, the fork server, the student process; with namespaces, the
# fork server is a child of the process that was started.
STUDENT_DEPTH = 5 if LEVEL == FULL else 4


class Memory(threading.Thread):
    """Samples the memory of a batch: all of it together, and what one submission has alone."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.whole: list[int] = []
        self.private: list[int] = []
        self.done = threading.Event()

    def run(self) -> None:
        """Sample until it is done."""
        while not self.done.wait(0.2):
            tree = below(os.getpid())
            self.whole.append(sum(kib(pid, "Pss:") for pid, _ in tree))
            deepest = max((depth for _, depth in tree), default=0)
            if deepest == STUDENT_DEPTH:
                students = [pid for pid, depth in tree if depth == deepest]
                private = [kib(pid, "Private_Clean:", "Private_Dirty:") for pid in students]
                self.private += [size for size in private if size]


def below(pid: int, depth: int = 0) -> list[tuple[int, int]]:
    """Return all processes below one, each with how far below it is."""
    found = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):  # any thread may have started one
        with contextlib.suppress(OSError):
            for child in map(int, children.read_text().split()):
                found += [(child, depth + 1), *below(child, depth + 1)]
    return found


def kib(pid: int, *names: str) -> int:
    """Return the sum of some lines of a process's memory, in KiB; 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith(names))


def sampled(tree: Tree, folder: Path, out: Path, jobs: int) -> dict[str, float]:
    """Grade a class, and return what memory it took, in MiB.

    ``whole_mb`` is the peak. A longer run has more samples, and a higher peak by that alone:
    ``late_mb`` is what nine in ten samples of the last quarter stay below.
    """
    memory = Memory()
    memory.start()
    run = tree.graded(folder, out, jobs)
    memory.done.set()
    memory.join()
    private = sorted(memory.private)
    late = sorted(memory.whole[len(memory.whole) * 3 // 4 :])
    return {
        "rows": run.rows,
        "submissions_per_second": round(run.rows / run.whole, 1),
        "whole_mb": round(max(memory.whole) / 1024, 1),
        "late_mb": round(late[len(late) * 9 // 10] / 1024, 1),
        "private_mb": round(private[len(private) // 2] / 1024, 1) if private else 0.0,
        "private_max_mb": round(private[-1] / 1024, 1) if private else 0.0,
    }
