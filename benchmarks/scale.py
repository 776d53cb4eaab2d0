"""What size costs of its own: ``python benchmarks/scale.py --size 100000``.

- A class of distinct submissions to ex11 is graded end to end, here (``--jobs``) or by workers of a
  cluster (``--cluster``): the rate at the beginning and at the end, memory of the coordinator and
  of what judges; it is killed halfway and started again.
- A gradebook is filled with as many attempts (``--attempts``) by its own recording: the CPU time of
  that, of ``show`` and of ``csv`` as it grows. Growth is that of the cost of a further attempt.

Prints JSON. Exit code 1 when a bound is missed. The rate is also given as CPU time of all processes
for a submission, which other work on the machine disturbs less.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classes import exercise, write_class
from memory import below, kib

from grader.gradebook.handin_order import BatchImport
from grader.gradebook.store import Store, SubmittedFile
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options
from grader.report.localise import localise

if TYPE_CHECKING:
    from collections.abc import Callable

GRADER = (sys.executable, "-P", "-m", "grader")
BOUNDS = {"end_over_begin": 0.05, "memory_growth": 1.05, "judged_again": 0, "time_growth": 1.15}
TICKS = os.sysconf("SC_CLK_TCK")
AT_ONCE = 100
EXERCISE = "ex11"


class Watch(threading.Thread):
    """Notes memory, CPU time and finished submissions of a batch, every few seconds."""

    def __init__(self, pid: int, out: Path, every: float) -> None:
        super().__init__(daemon=True)
        self.samples: list[dict[str, float]] = []
        self._pid = pid
        self._out = out
        self._every = every
        self.over = threading.Event()

    def run(self) -> None:
        """Sample until it is over."""
        began = time.monotonic()
        while not self.over.wait(self._every):
            pids = [self._pid, *(pid for pid, _ in below(self._pid))]
            self.samples.append(
                {
                    "at": time.monotonic() - began,
                    "done": stored(self._out),
                    "coordinator_mb": kib(self._pid, "Pss:") / 1024,
                    "others_mb": sum(kib(pid, "Pss:") for pid in pids[1:]) / 1024,
                    "cpu": sum(map(cpu, pids)),
                    "coordinator_cpu": cpu(self._pid, ended=False),
                }
            )


def cpu(pid: int, *, ended: bool = True) -> float:
    """Return the CPU seconds of a process, and those of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11 : 15 if ended else 13])) / TICKS


def stored(out: Path) -> int:
    """Return the number of results."""
    return sum(len(names) for _, _, names in os.walk(out / "results"))


def command(folder: Path, out: Path, where: list[str]) -> list[str]:
    """Return the command that grades the class."""
    options = ["--out", str(out), "--seed", "5", "--device", "cpu", "--json", *where]
    return [*GRADER, "batch", str(folder), *options, "--require-isolation", "own-code-only"]


def graded(folder: Path, out: Path, where: list[str], every: float, until: int | None) -> Any:
    """Grade until so many are done, then kill it; to the end without a number."""
    with subprocess.Popen(
        command(folder, out, where), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        watch = Watch(process.pid, out, every)
        watch.start()
        if until is None:
            output, _ = process.communicate()
        else:
            output = b"{}"
            while stored(out) < until:
                if process.poll() is not None:
                    sys.exit("the batch was over before it could be killed")
                time.sleep(every / 2)
            process.send_signal(signal.SIGKILL)
        watch.over.set()
        watch.join()
    return watch.samples, json.loads(output)


def rate(samples: list[dict[str, float]]) -> dict[str, float]:
    """Return what was done a second, and the CPU time of each, between two samples."""
    first, last = samples[0], samples[-1]
    done = max(last["done"] - first["done"], 1)
    return {
        "a_second": round(done / (last["at"] - first["at"]), 2),
        "cpu_ms": round(1000 * (last["cpu"] - first["cpu"]) / done, 2),
        "coordinator_cpu_ms": round(
            1000 * (last["coordinator_cpu"] - first["coordinator_cpu"]) / done, 2
        ),
    }


def between(samples: list[dict[str, float]], low: float, high: float) -> list[dict[str, float]]:
    """Return the samples while between so many were done."""
    found = [one for one in samples if low <= one["done"] <= high]
    if len(found) < 3:  # noqa: PLR2004 - two make a rate; one more, that it says something
        sys.exit("too few samples: take a larger class, or --every less")
    return found


def run_class(size: int, where: list[str], every: float) -> dict[str, Any]:
    """Grade a class, killed halfway."""
    with tempfile.TemporaryDirectory() as name:
        folder, out = Path(name) / "class", Path(name) / "out"
        write_class(folder, size, (EXERCISE,))
        first, _ = graded(folder, out, where, every, size // 2)
        results = {path.name: path.stat().st_mtime_ns for path in (out / "results").rglob("*.json")}
        second, summary = graded(folder, out, where, every, None)
        again = sum(
            path.stat().st_mtime_ns != results[path.name]
            for path in (out / "results").rglob("*.json")
            if path.name in results
        )
        reports = sum(1 for _ in (out / "reports").rglob("*-1.json"))
    begin = rate(between(first, size * 0.05, size * 0.20))
    end = rate(between(second, size * 0.80, size * 0.95))
    small, large = between(first, size * 0.05, size * 0.20), between(second, size * 0.8, size)
    peak = {
        part: (max(one[part] for one in small), max(one[part] for one in large))
        for part in ("coordinator_mb", "others_mb")
    }
    return {
        "submissions": size,
        "where": where,
        "rows": summary["rows"],
        "statuses": summary["statuses"],
        "reports": reports,
        "kept_before_the_kill": len(results),
        "judged_after_the_kill": summary["judged"],
        "judged_again": again + len(results) + summary["judged"] - size,
        "begin": begin,
        "end": end,
        "end_over_begin": round(abs(end["a_second"] / begin["a_second"] - 1), 3),
        "end_over_begin_cpu": round(abs(end["cpu_ms"] / begin["cpu_ms"] - 1), 3),
        "memory_mb": {part: [round(mb, 1) for mb in pair] for part, pair in peak.items()},
        "memory_growth": round(
            sum(p[1] for p in peak.values()) / sum(p[0] for p in peak.values()), 3
        ),
    }


def run_gradebook(attempts: int) -> dict[str, Any]:
    """Fill a gradebook, and time the commands at a quarter, a half and all of it."""
    loaded = exercise(EXERCISE)
    with Judge(loaded, Options()) as judge:
        source = loaded.reference_source.encode()
        report = localise(
            judge.judge(read_bytes(source, f"{EXERCISE}.py", "code")), loaded.course, "en"
        )
    steps = [attempts // 4, attempts // 2, attempts]
    found: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as name:
        book = Path(name) / "book.sqlite"
        run, done = BatchImport(), 0
        with Store.open(book) as store:
            for step in steps:
                began = time.process_time()
                while done < step:
                    done = _recorded(store, run, report, done, min(done + AT_ONCE, step))
                seconds = {"record": time.process_time() - began}
                for one in ("show", "csv"):
                    seconds[one] = _timed([*GRADER, "gradebook", one, "--gradebook", str(book)])
                found.append({"attempts": step, **{k: round(v, 2) for k, v in seconds.items()}})
        size = book.stat().st_size / attempts / 1024
    quarter, half, whole = found
    growth = {
        one: round((whole[one] - half[one]) / (half[one] - quarter[one]) / 2, 2)
        for one in ("show", "csv")
    }
    growth["record"] = round(whole["record"] / half["record"] / 2, 2)
    return {
        "steps": found,
        "kib_an_attempt": round(size, 2),
        "growth_over_linear": growth,
        "time_growth": max(growth.values()),
    }


def _recorded(store: Store, run: BatchImport, report: Any, first: int, last: int) -> int:
    """Record attempts in one transaction, as a batch does; return how many there are then."""
    with store.transaction(run):
        for number in range(first, last):
            data = f"# {number}\n".encode()
            student = f"student{number:06}"
            store.record(report, student, student, file=SubmittedFile(f"{EXERCISE}.py", data))
    return last


def _timed(command: list[str]) -> float:
    """Return the CPU seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Measure, print JSON, return 1 when a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="0: leave the class out")
    parser.add_argument("--attempts", type=int, default=100_000, help="0: leave the gradebook out")
    parser.add_argument("--cluster", help="as of grader batch; without it, on this machine")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--every", type=float, default=2.0, help="seconds between two samples")
    asked = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as users have it
    where = ["--cluster", asked.cluster] if asked.cluster else ["--jobs", str(asked.jobs)]
    parts: dict[str, Callable[[], dict[str, Any]]] = {}
    if asked.size:
        parts["class"] = lambda: run_class(asked.size, where, asked.every)
    if asked.attempts:
        parts["gradebook"] = lambda: run_gradebook(asked.attempts)
    result: dict[str, Any] = {"load_before": os.getloadavg()}
    result |= {name: measure() for name, measure in parts.items()}
    measured = {key: value for part in parts for key, value in result[part].items()}
    result |= {"load_after": os.getloadavg(), "bounds": BOUNDS}
    result["missed"] = [
        name for name, bound in BOUNDS.items() if name in measured and measured[name] > bound
    ]
    print(json.dumps(result, indent=2))
    return int(bool(result["missed"]))


if __name__ == "__main__":
    sys.exit(main())
