"""A class that presses *Check*, and throughput beside a `grade` started for each request.

``python benchmarks/jobe.py [--students N] [--requests N] [--rounds N]`` starts servers. The first
is cold: so many students press *Check* within ten seconds, each with an answer of their own. The
second is warm: requests are sent all at once, and in turn the same answers are graded by
``grade --json`` in processes of their own, as many at a time as there are cores.

Prints JSON: how many answers were lost, the slowest in seconds, and throughput as a ratio. Exit
code 1 where one is lost or takes more than ``LONGEST``, or where the ratio is below ``BOUND``.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE / "tests"))

from support.jobe import jobe  # noqa: E402 - found by the line above

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.jobe import JobeServer

EXERCISE = "ex11"
WINDOW = 10.0  # seconds in which a class presses Check
LONGEST = 20.0  # seconds for any answer
BOUND = 3.0
RAISING = "def softmax(x):\n    raise ValueError(x)\n"
CORES = len(os.sched_getaffinity(0))


def answers(count: int) -> Iterator[str]:
    """Yield answers, none twice: 40 % right, 40 % known mistakes, 20 % that raise."""
    mistakes = sorted((HERE / "answers").glob(f"{EXERCISE}_*/misconceptions/*.py"))
    rights = sorted((HERE / "tests" / "solutions" / EXERCISE).glob("*.py"))
    for number in range(count):
        files = rights if number % 5 < 2 else mistakes  # noqa: PLR2004 - of five
        text = files[number % len(files)].read_text(encoding="utf-8")
        yield f"{RAISING if number % 5 == 4 else text}\n# {number}\n"  # noqa: PLR2004


def judged(server: JobeServer, source: str) -> bool:
    """Send an answer; return whether a mark came back."""
    status, answer = server.check(EXERCISE, source)
    return status == 200 and answer["outcome"] == 15  # noqa: PLR2004


async def whole_class(server: JobeServer, students: int) -> tuple[int, float]:
    """Have students press Check within the window; return how many got a mark, and the slowest."""
    chance = random.Random(0)  # noqa: S311 - no secret
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(students) as threads:

        async def one(source: str, moment: float) -> tuple[bool, float]:
            await asyncio.sleep(moment)
            began = time.perf_counter()
            marked = await loop.run_in_executor(threads, judged, server, source)
            return marked, time.perf_counter() - began

        moments = (chance.uniform(0, WINDOW) for _ in range(students))
        found = await asyncio.gather(*map(one, answers(students), moments))
    return sum(marked for marked, _ in found), max(seconds for _, seconds in found)


def rate_served(server: JobeServer, sources: list[str]) -> float:
    """Return answers a second when all are sent at once."""
    with ThreadPoolExecutor(len(sources)) as threads:
        began = time.perf_counter()
        marked = sum(threads.map(lambda source: judged(server, source), sources))
        seconds = time.perf_counter() - began
    if marked != len(sources):
        raise SystemExit(f"only {marked} of {len(sources)} answers got a mark")
    return len(sources) / seconds


def rate_started(folder: Path, sources: list[str]) -> float:
    """Return answers a second where each starts a process, as many at a time as there are cores."""

    def graded(numbered: tuple[int, str]) -> None:
        number, source = numbered
        file = folder / f"{EXERCISE}_{number}.py"
        file.write_text(source, encoding="utf-8")
        command = [sys.executable, "-P", "-m", "grader", "grade", EXERCISE, str(file), "--json"]
        done = subprocess.run(command, capture_output=True, check=False)
        if not json.loads(done.stdout)["checks"]:
            raise SystemExit(f"not graded: {done.stderr!r}")

    with ThreadPoolExecutor(CORES) as threads:
        began = time.perf_counter()
        list(threads.map(graded, enumerate(sources)))
        return len(sources) / (time.perf_counter() - began)


def main() -> int:
    """Measure, print JSON, return 1 where a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=40)
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with jobe(folder / "cold.log") as server:
            marked, slowest = asyncio.run(whole_class(server, given.students))
        with jobe(folder / "warm.log", EXERCISE) as server:
            sources = list(answers(given.requests))
            rate_served(server, sources)
            served, started = [], []
            for _ in range(given.rounds):
                served.append(rate_served(server, sources))
                started.append(rate_started(folder, sources))
    ratio = statistics.median(served) / statistics.median(started)
    found = {
        "lost": given.students - marked,
        "slowest": round(slowest, 2),
        "longest": LONGEST,
        "ratio": round(ratio, 2),
        "bound": BOUND,
        "served": round(statistics.median(served), 2),
        "started": round(statistics.median(started), 2),
        "students": given.students,
        "cores": CORES,
    }
    print(json.dumps(found, indent=2))
    return int(marked < given.students or slowest > LONGEST or ratio < BOUND)


if __name__ == "__main__":
    sys.exit(main())
