"""The reference against itself: ``python benchmarks/race.py``.

A check of speed must pass for the reference, each time. The answer of an exercise that has one is
judged many times beside itself, on the card where there is one. Where there is none, the same check
runs on the CPU, which no submission's does. Prints JSON: how many runs passed, and their ratios.
Exit code 1 where one did not pass.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from grader.course.loading import Course, LoadedExercise
from grader.course.locate import builtin_root
from grader.judge.processes.graphics_card import find_card
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options

if TYPE_CHECKING:
    from grader.course.devices import Device

CHECK = "test_speed"


def on(exercise: LoadedExercise, device: Device) -> LoadedExercise:
    """Let the check of speed run on a device that it does not list."""
    checks = dict(exercise.code.checks)
    checks[CHECK] = checks[CHECK].model_copy(update={"devices": (device,)})
    exercise.__dict__["model"] = exercise.code.model_copy(update={"checks": checks})
    return exercise


def main() -> int:
    """Run, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--exercise", default="ex44")
    parser.add_argument("--runs", type=int, default=50)
    options = parser.parse_args()
    card = find_card()
    device: Device = "cuda" if card.usable else "cpu"
    exercise = on(Course(builtin_root()).exercise(options.exercise), device)
    answer = read_bytes(exercise.reference_source.encode(), f"{exercise.name}.py", "code")
    how = Options(device=device, of_author=True, names=False, only=frozenset({CHECK}))
    statuses: list[str] = []
    ratios: list[float] = []
    with Judge(exercise, how) as judge:
        for judged in judge.judge_all([answer] * options.runs):
            statuses += [one.status for one in judged.report.checks if one.id == CHECK]
            ratios += [one.value for one in judged.measurements.get(CHECK, [])]
    passed = statuses.count("passed")
    result = {
        "exercise": exercise.model.id,
        "device": device,
        "card": card.name if card.usable else None,
        "runs": options.runs,
        "passed": passed,
        "ratio": {
            "least": round(min(ratios, default=0.0), 3),
            "most": round(max(ratios, default=0.0), 3),
        },
    }
    json.dump(result, sys.stdout, indent=2)
    print()
    return 0 if passed == options.runs else 1


if __name__ == "__main__":
    sys.exit(main())
