"""What a device costs, within one run: ``python benchmarks/gpu.py``.

The same right answer is graded on the CPU and on the simulated accelerator, in turn, by the command
that a student types. Prints JSON: CPU seconds of each command with all of its processes, and the
ratio of the medians. Exit code 1 where the simulated accelerator costs more than its bound.

Where there is a card, `cuda` is measured too, by its name: a cold command, and how many submissions
a second a batch grades. Where there is none, that is said.
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

from grader.course.loading import Course, LoadedExercise
from grader.course.locate import builtin_root
from grader.judge.processes.graphics_card import Card, find_card

MOST_OF_SIM = 1.3
GOAL = 20.0
"""Submissions a second on one card: what is wished for, judged by whoever reads the numbers."""


def command(*arguments: str) -> tuple[float, float]:
    """Run a command; return its wall seconds, and the CPU seconds of it and of all it started."""
    before, began = os.times(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-P", "-m", "grader", *arguments],
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    took, after = time.perf_counter() - began, os.times()
    if done.returncode != 0:
        sys.exit(f"a right answer was not judged right: {done.stdout}{done.stderr}")
    used = after.children_user - before.children_user
    return took, used + after.children_system - before.children_system


def cold(exercise: str, answer: Path, devices: list[str], repeats: int) -> dict[str, Any]:
    """Grade one answer on each device in turn; return medians by device."""
    wall: dict[str, list[float]] = {device: [] for device in devices}
    cpu: dict[str, list[float]] = {device: [] for device in devices}
    for _ in range(repeats):
        for device in devices:
            took, used = command("grade", exercise, str(answer), "--device", device)
            wall[device].append(took)
            cpu[device].append(used)
    return {
        device: {
            "wall_seconds": round(statistics.median(wall[device]), 3),
            "cpu_seconds": round(statistics.median(cpu[device]), 3),
        }
        for device in devices
    }


def batch(exercise: LoadedExercise, device: str, count: int, jobs: int) -> dict[str, Any]:
    """Grade a class of different texts of one answer; return submissions a second."""
    with tempfile.TemporaryDirectory() as folder:
        handed = Path(folder, "handed")
        for number in range(count):
            place = handed / f"student{number:04}"
            place.mkdir(parents=True)
            text = f"{exercise.reference_source}\n# {number}\n"
            (place / f"{exercise.name}.py").write_text(text, encoding="utf-8")
        out = str(Path(folder, "out"))
        options = ["--out", out, "--device", device, "--jobs", str(jobs), "--layout", "folders"]
        took, _ = command("batch", str(handed), *options)
    return {"submissions": count, "jobs": jobs, "per_second": round(count / took, 2)}


def told(card: Card) -> dict[str, Any]:
    """Return what is known of the card here, or why there is none."""
    if card.usable:
        return {"name": card.name, "memory_bytes": card.memory}
    return {"name": None, "lacking": card.lacking, "detail": card.detail}


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--exercise", default="ex42")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--submissions", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    exercise, card = Course(builtin_root()).exercise(options.exercise), find_card()
    devices = ["cpu", "sim", *(["cuda"] if card.usable else [])]
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder, f"{exercise.name}.py")
        answer.write_text(exercise.reference_source, encoding="utf-8")
        measured = cold(exercise.model.id, answer, devices, options.repeats)
    ratio = measured["sim"]["cpu_seconds"] / measured["cpu"]["cpu_seconds"]
    result = {
        "exercise": exercise.model.id,
        "card": told(card),
        "cold": measured,
        "sim_over_cpu": round(ratio, 3),
        "most": MOST_OF_SIM,
    }
    if card.usable:
        result["batch"] = batch(exercise, "cuda", options.submissions, options.jobs)
        result["goal_per_second"] = GOAL
    json.dump(result, sys.stdout, indent=2)
    print()
    return 0 if ratio <= MOST_OF_SIM else 1


if __name__ == "__main__":
    sys.exit(main())
