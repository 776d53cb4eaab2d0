"""What a class costs, as ratios within one run: ``python benchmarks/batch.py``.

Makes a class of its own (ex11, ex15 and ex42, right and wrong by many formulas: ``classes.py``)
and measures, on two workers at the isolation level of this machine:

- submissions a second, and where the time of one submission goes
- the floor: one warm process that makes the same calls directly, no isolation, no pytest
- the plain loop: one ``python -m pytest`` a submission, two at a time, on a sample
- private memory for each further submission in flight, and memory as the class grows

With ``--against COMMIT`` this tree and that commit grade the same classes and start the same
commands in turn, each installed for itself; see ``against.py``.

Prints JSON. Exit code 1 when a bound is missed, or a row is worse than at that commit; what a row
is to reach is told, and fails nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from against import ROWS, Sizes, result_of
from batch_parts import CALLS, Plain, record_calls, where_time_goes
from classes import EXERCISES, write_class
from memory import sampled
from trees import HERE, Tree, checked_out, checkout_at, full_name

BOUNDS = {"over_floor_once_warm": 16.0, "private_mb": 15.0, "growth": 1.1}
SMALLEST = 2 * len(EXERCISES)
# What would be better still. As many times the plain loop as this would leave for judging only a
# few times the floor (`plain_loop_over_floor` says what nothing but the calls would reach).
AIMS = {"over_plain_loop": 60.0, "over_floor_once_warm": 12.0}


def floor(calls: Path, files: list[Path]) -> float:
    """Return the seconds that one warm process takes for the calls alone."""
    command = [sys.executable, str(Path(__file__).with_name("batch_floor.py")), str(calls)]
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


def endless_loop(tree: Tree, folder: Path) -> float:
    """Return the seconds that one endless loop takes: its checks' limits, and no more."""
    mine = folder / "loop" / "student"
    mine.mkdir(parents=True)
    (mine / "ex11.py").write_text("def softmax(x):\n    while True:\n        pass\n")
    return tree.graded(folder / "loop", folder / "out-loop", 1).whole


def measure(size: int, large: int, repeats: int) -> dict[str, Any]:
    """Measure everything, in turn, so that a slow moment of the machine hits all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tree = Tree(sys.executable, HERE)
        files = write_class(folder / "class", size)
        calls = folder / CALLS
        record_calls(calls)
        sample = files[:: max(1, len(files) // 12)]
        rounds = []
        for number in range(repeats):
            batch = tree.graded(folder / "class", folder / f"out{number}", 2)
            lowest = floor(calls, files)
            loop = plain_loop(calls, sample)
            rounds.append((batch, lowest / len(files), loop / len(sample)))
        rounds.sort(key=lambda each: each[0].whole)
        batch, lowest, loop = rounds[len(rounds) // 2]
        each = batch.whole / len(files)
        warm = 1 / batch.warm
        small = sampled(tree, folder / "class", folder / "sampled", 2)
        grown: dict[str, float] = {}
        if large:
            write_class(folder / "large", large)
            grown = sampled(tree, folder / "large", folder / "grown", 2)
        result: dict[str, Any] = {
            "class": {"submissions": len(files), "exercises": list(EXERCISES), "jobs": 2},
            "seconds": round(batch.whole, 2),
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
            "endless_loop_seconds": round(endless_loop(tree, folder), 1),
            "where_time_goes_ms": where_time_goes(files),
        }
    return result


def beside(commit: str, checkout: Path | None, rows: list[str], sizes: Sizes, least: float) -> int:
    """Measure this tree beside an earlier commit, print JSON, return 1 when a row is worse."""
    name = full_name(commit)
    there = contextlib.nullcontext(checkout_at(name, checkout)) if checkout else checked_out(name)
    with there as theirs:
        result = result_of(Tree(sys.executable, HERE), theirs, rows, sizes, least)
    print(json.dumps({"against": name, **result}, indent=2))
    return int(bool(result["worse"]))


def alone(size: int, large: int, repeats: int) -> int:
    """Measure this tree, print JSON, return 1 when a bound is missed."""
    result = measure(size, large, repeats) | {"bounds": BOUNDS, "aims": AIMS}
    result["missed"] = [name for name, bound in BOUNDS.items() if (result[name] or 0) > bound]
    reached = {
        "over_plain_loop": result["over_plain_loop"] >= AIMS["over_plain_loop"],
        "over_floor_once_warm": result["over_floor_once_warm"] <= AIMS["over_floor_once_warm"],
    }
    result["aims_reached"] = [name for name, is_reached in reached.items() if is_reached]
    print(json.dumps(result, indent=2))
    return int(bool(result["missed"]))


def main() -> int:
    """Measure this tree alone, or beside an earlier commit."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, help="submissions: 200; 600 with --against")
    parser.add_argument(
        "--large",
        type=int,
        help="submissions of the class whose memory is compared: 2000; 20000 with --against, "
        "10 minutes and more; 0: leave it out",
    )
    parser.add_argument("--repeats", type=int, default=3)
    beside_it = parser.add_argument_group("beside an earlier commit")
    beside_it.add_argument("--against", metavar="COMMIT")
    beside_it.add_argument("--checkout", type=Path, help="one of it that has its .venv")
    beside_it.add_argument("--rounds", type=int, default=5)
    beside_it.add_argument(
        "--rows", nargs="+", choices=ROWS, help="those asked for; all but installation if not given"
    )
    beside_it.add_argument("--least", type=float, default=0.97, help="rates below it are worse")
    asked = parser.parse_args()
    # Every process of a batch imports the grader, from compiled files, as users have them.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if asked.against is None:
        if asked.checkout or asked.rows:
            parser.error("--checkout and --rows are for --against")
        large = 2000 if asked.large is None else asked.large
        return alone(asked.size or 200, large, asked.repeats)
    sizes = Sizes(asked.rounds, asked.size or 600, 20_000 if asked.large is None else asked.large)
    if sizes.mixed < SMALLEST or sizes.rounds < 1:
        parser.error(f"a rate needs two submissions of each exercise: --size {SMALLEST} or more")
    rows = asked.rows or [name for name in ROWS if name != "installation"]
    if not sizes.large:
        rows = [name for name in rows if name != "memory"]
    return beside(asked.against, asked.checkout, rows, sizes, asked.least)


if __name__ == "__main__":
    sys.exit(main())
