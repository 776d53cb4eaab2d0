"""What a class costs, as ratios within one run: ``python benchmarks/batch.py``.

Makes a class of its own (ex11, ex15 and ex42; right in several styles, wrong, raising, printing,
exiting) and measures, on two workers at the isolation level of this machine:

- submissions a second, and where the time of one submission goes
- the floor: one warm process that makes the same calls directly, no isolation, no pytest
- the plain loop: one ``python -m pytest`` a submission, two at a time, on a sample
- private memory for each further submission in flight, and memory as the class grows

Prints JSON. Exit code 1 when a bound is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from batch_parts import CALLS, EXERCISES, Plain, record_calls, where_time_goes, write_class

from grader.student.sandbox.probe import probe
from grader.wire.levels import FULL

PYTHON = sys.executable
BOUNDS = {"over_floor_once_warm": 16.0, "private_mb": 15.0, "growth": 1.1}
# What would be better still. As many times the plain loop as this would leave for judging only a
# few times the floor (`plain_loop_over_floor` says what nothing but the calls would reach).
AIMS = {"over_plain_loop": 60.0, "over_floor_once_warm": 12.0}


def graded(folder: Path, out: Path, jobs: int) -> dict[str, float]:
    """Grade a class by the command; return its wall seconds, and memory as it was sampled."""
    command = [PYTHON, "-P", "-m", "grader", "batch", str(folder), "--out", str(out)]
    # On the CPU, as the floor: by itself it would take the simulated device for ex42.
    command += ["--device", "cpu", "--jobs", str(jobs)]
    command += ["--require-isolation", "own-code-only", "--json"]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        output, _ = process.communicate()
    seconds = time.perf_counter() - began
    statuses = json.loads(output)["statuses"]
    if not set(statuses) <= {"graded", "incomplete"}:  # some checks of ex42 need a GPU
        sys.exit(f"not all were graded: {statuses}")
    first, last = _first_and_last(out)
    return {"seconds": seconds, "rows": sum(statuses.values()), "judging": last - first}


def _first_and_last(out: Path) -> tuple[float, float]:
    """Return when the first and the last result were stored."""
    times = [path.stat().st_mtime for path in (out / "results").rglob("*.json")]
    return min(times), max(times)


class Memory(threading.Thread):
    """Samples the memory of a batch: all of it together, and what one submission has alone."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.whole = 0
        self.private: list[int] = []
        self.done = threading.Event()

    def run(self) -> None:
        """Sample until it is done."""
        while not self.done.wait(0.2):
            tree = _tree(os.getpid())
            self.whole = max(self.whole, sum(_memory(pid, "Pss:") for pid, _ in tree))
            deepest = max((depth for _, depth in tree), default=0)
            if deepest == STUDENT_DEPTH:
                students = [pid for pid, depth in tree if depth == deepest]
                self.private += [size for pid in students if (size := _private(pid))]


# This program, the command, its worker, the fork server, the student process; with namespaces, the
# fork server is a child of the process that was started.
STUDENT_DEPTH = 5 if probe().level == FULL else 4


def _tree(pid: int, depth: int = 0) -> list[tuple[int, int]]:
    found = []
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    for child in map(int, children):
        found += [(child, depth + 1), *_tree(child, depth + 1)]
    return found


def _memory(pid: int, *names: str) -> int:
    """Return the sum of some lines of a process's memory, in KiB."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith(names))


def _private(pid: int) -> int:
    return _memory(pid, "Private_Clean:", "Private_Dirty:")


def sampled(folder: Path, out: Path, jobs: int) -> dict[str, float]:
    """Grade a class, and return what memory it took at its peak, in MiB."""
    memory = Memory()
    memory.start()
    run = graded(folder, out, jobs)
    memory.done.set()
    memory.join()
    private = sorted(memory.private)
    return {
        "rows": run["rows"],
        "submissions_per_second": round(run["rows"] / run["seconds"], 1),
        "whole_mb": round(memory.whole / 1024, 1),
        "private_mb": round(private[len(private) // 2] / 1024, 1) if private else 0.0,
        "private_max_mb": round(private[-1] / 1024, 1) if private else 0.0,
    }


def floor(calls: Path, files: list[Path]) -> float:
    """Return the seconds that one warm process takes for the calls alone."""
    command = [PYTHON, str(Path(__file__).with_name("batch_floor.py")), str(calls)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    names = "\n".join(map(str, files))
    done = subprocess.run(
        command, input=names, capture_output=True, text=True, check=True, env=environment
    )
    return float(done.stdout.splitlines()[-1])


def plain_loop(calls: Path, files: list[Path]) -> float:
    """Return the seconds that one pytest process a submission takes, two at a time."""
    plain = Plain(calls)
    began = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(plain.run, files))
    return time.perf_counter() - began


def endless_loop(folder: Path) -> float:
    """Return the seconds that one endless loop takes: its checks' limits, and no more."""
    mine = folder / "loop" / "student"
    mine.mkdir(parents=True)
    (mine / "ex11.py").write_text("def softmax(x):\n    while True:\n        pass\n")
    return graded(folder / "loop", folder / "out-loop", 1)["seconds"]


def measure(size: int, large: int, repeats: int) -> dict[str, Any]:
    """Measure everything, in turn, so that a slow moment of the machine hits all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_class(folder / "class", size)
        calls = folder / CALLS
        record_calls(calls)
        sample = files[:: max(1, len(files) // 12)]
        rounds = []
        for number in range(repeats):
            batch = graded(folder / "class", folder / f"out{number}", 2)
            lowest = floor(calls, files)
            loop = plain_loop(calls, sample)
            rounds.append((batch, lowest / len(files), loop / len(sample)))
        rounds.sort(key=lambda each: each[0]["seconds"])
        batch, lowest, loop = rounds[len(rounds) // 2]
        each = batch["seconds"] / len(files)
        warm = batch["judging"] / (len(files) - 1)
        small = sampled(folder / "class", folder / "sampled", 2)
        grown: dict[str, float] = {}
        if large:
            write_class(folder / "large", large)
            grown = sampled(folder / "large", folder / "grown", 2)
        result: dict[str, Any] = {
            "class": {"submissions": len(files), "exercises": list(EXERCISES), "jobs": 2},
            "seconds": round(batch["seconds"], 2),
            "submissions_per_second": round(1 / each, 1),
            "submissions_per_second_once_warm": round(1 / warm, 1),
            "floor_ms": round(lowest * 1000, 2),
            "plain_loop_ms": round(loop * 1000, 1),
            "over_plain_loop": round(loop / each, 1),
            "over_plain_loop_once_warm": round(loop / warm, 1),
            "plain_loop_over_floor": round(loop / lowest, 1),
            "over_floor": round(each / lowest, 1),
            "over_floor_once_warm": round(warm / lowest, 1),
            "memory": small,
            "memory_grown": grown,
            "private_mb": small["private_mb"],
            "growth": round(grown["whole_mb"] / small["whole_mb"], 2) if grown else None,
            "endless_loop_seconds": round(endless_loop(folder), 1),
            "where_time_goes_ms": where_time_goes(files),
        }
    return result


def main() -> int:
    """Measure, print JSON, return 1 when a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=200)
    parser.add_argument("--large", type=int, default=2000, help="0: leave the large class out")
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    # Every process of a batch imports the grader, from compiled files, as users have them.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    result = measure(arguments.size, arguments.large, arguments.repeats)
    result |= {"bounds": BOUNDS, "aims": AIMS}
    result["missed"] = [name for name, bound in BOUNDS.items() if (result[name] or 0) > bound]
    result["aims_reached"] = [
        name
        for name, reached in (
            ("over_plain_loop", result["over_plain_loop"] >= AIMS["over_plain_loop"]),
            (
                "over_floor_once_warm",
                result["over_floor_once_warm"] <= AIMS["over_floor_once_warm"],
            ),
        )
        if reached
    ]
    print(json.dumps(result, indent=2))
    return int(bool(result["missed"]))


if __name__ == "__main__":
    sys.exit(main())
