"""What shutting submissions off costs, within one run: ``python benchmarks/isolation.py``.

One judge at each isolation level judges the same right answer to ex11, in turn and in small blocks,
so that a slow moment of the machine hits all of them: first with processes forked when they are
needed, then with the next one forked ahead, as in a batch. Prints JSON: wall time, by which the
bounds are judged, and CPU time of judge, fork server and student processes, which other work on the
machine disturbs less. Exit code 1 when the highest level costs more than its bounds over none:
milliseconds a submission, and a share of the throughput with processes forked ahead.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from grader.course.loading import Course, LoadedExercise
from grader.course.root import course_root
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options
from grader.wire.levels import Level

MOST_MILLISECONDS = 2.0
LEAST_THROUGHPUT = 0.9
BLOCK = 5
TICKS = os.sysconf("SC_CLK_TCK")


def reached(judge: Judge) -> int:
    """Return the isolation level at which a judge's processes run."""
    assert judge.factory is not None  # noqa: S101 - an exercise in code has one
    return int(judge.factory.hello["isolation"]["level"])


def spent(judge: Judge) -> float:
    """Return the CPU seconds of this process, of a fork server and of all that it has forked."""
    waiting = [judge.factory._process.pid]  # noqa: SLF001 - nobody else asks for it
    seconds = time.process_time()
    while waiting:
        task = Path(f"/proc/{waiting.pop()}/task")
        stat = next(task.iterdir()) / "stat"
        fields = stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        seconds += sum(map(int, fields[11:15])) / TICKS  # its own, and of those it waited for
        waiting += map(int, stat.with_name("children").read_text(encoding="ascii").split())
    return seconds


def timed(judge: Judge) -> float:
    """Judge a block of submissions; return the milliseconds that each took."""
    source = judge.exercise.reference_source.encode()
    submissions = [read_bytes(source, "answer.py", "code") for _ in range(BLOCK)]
    began = time.perf_counter()
    judged = judge.judge_all(submissions)
    took = 1e3 * (time.perf_counter() - began) / BLOCK
    if any(one.report.reached != one.report.maximum for one in judged):
        sys.exit("a right answer was not judged right")
    return took


def measure(exercise: LoadedExercise, repeats: int, *, ahead: bool) -> dict[str, dict[str, float]]:
    """Return what a submission costs, by the name of each level of this machine."""
    with ExitStack() as stack:
        judges: dict[int, Judge] = {}
        for level in Level:
            judge = stack.enter_context(Judge(exercise, Options(max_level=level, ahead=ahead)))
            timed(judge)  # once for what is slow at first use
            judges[reached(judge)] = judge
        blocks: dict[int, list[float]] = {level: [] for level in judges}
        cpu = dict.fromkeys(judges, 0.0)
        for _ in range(repeats):
            for level, judge in judges.items():
                before = spent(judge)
                blocks[level].append(timed(judge))
                cpu[level] += spent(judge) - before
    return summary(blocks, {level: 1e3 * cpu[level] / (repeats * BLOCK) for level in cpu})


def summary(blocks: dict[int, list[float]], cpu: dict[int, float]) -> dict[str, dict[str, float]]:
    """Return, by level, the median of a submission and what it costs over none, pair by pair."""
    none = blocks[0]
    return {
        Level(level).label: {
            "milliseconds": round(statistics.median(found), 2),
            "over_none": round(statistics.median(map(float.__sub__, found, none)), 2),
            "throughput": round(statistics.median(map(float.__truediv__, none, found)), 3),
            "cpu_milliseconds": round(cpu[level], 2),
            "cpu_over_none": round(cpu[level] - cpu[0], 2),
        }
        for level, found in sorted(blocks.items())
    }


def main() -> int:
    """Measure, print JSON, return 1 when a bound is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--exercise", default="ex11")
    parser.add_argument("--repeats", type=int, default=40)
    options = parser.parse_args()
    exercise = Course(course_root()).exercise(options.exercise)
    alone = measure(exercise, options.repeats, ahead=False)
    ahead = measure(exercise, options.repeats, ahead=True)
    highest = list(alone)[-1]
    within = {
        "over_none": alone[highest]["over_none"] <= MOST_MILLISECONDS,
        "throughput": ahead[highest]["throughput"] >= LEAST_THROUGHPUT,
    }
    result = {
        "exercise": options.exercise,
        "repeats": options.repeats,
        "cores": os.cpu_count(),
        "bounds": {"over_none": MOST_MILLISECONDS, "throughput": LEAST_THROUGHPUT},
        "forked_when_needed": alone,
        "forked_ahead": ahead,
        "level": highest,
        "within": within,
    }
    print(json.dumps(result, indent=2))
    return 0 if all(within.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
