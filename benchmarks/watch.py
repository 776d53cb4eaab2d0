"""From a save to its verdict on the screen, beside a cold ``grade`` of the same file.

``python benchmarks/watch.py [EXERCISE …] [--repeats N]`` starts ``grader watch`` at a
pseudo-terminal for each exercise, by default one on NumPy and one on PyTorch. Two wrong answers are
saved in turn, each time with another comment; the clock runs from just before the file is written
until what only the report of this one says is on the screen, with all below it. After each save
``grade`` is run on the same file in a process of its own, until its report is printed.

Prints JSON: for each exercise both medians in seconds and their ratio. Exit code 1 where a verdict
takes more than ``BOUND`` of a cold grade.
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

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE / "tests"))

from support.watching import Terminal  # noqa: E402 - found by the line above

EXERCISES = ("ex11", "ex42")
BOUND = 0.15
REPEATS = 30
WORDS = 36  # columns of a line by which a report is known, however wide the terminal is
PROGRAM = [sys.executable, "-P", "-m", "grader"]


def wrong_answers(exercise: str) -> list[str]:
    """Return the sources of two known mistakes in an exercise."""
    (folder,) = (HERE / "answers").glob(f"{exercise}_*")
    files = sorted((folder / "misconceptions").glob("*.py"))
    different = [file for file in files if "." not in file.stem]  # others are variants of one
    return [file.read_text(encoding="utf-8") for file in different[:2]]


def own_lines(exercise: str, file: Path, sources: list[str]) -> list[str]:
    """Return for each source the beginning of a line that its report alone has."""
    reports = []
    for source in sources:
        file.write_text(source, encoding="utf-8")
        lines = graded(exercise, file).splitlines()
        reports.append([line.split(None, 1)[1][:WORDS] for line in lines if " " in line.strip()])
    first, second = reports
    return [
        next(line for line in first if line not in second),
        next(line for line in second if line not in first),
    ]


def measure(exercise: str, repeats: int) -> dict[str, object]:
    """Return the medians of both, and their ratio."""
    warm, cold = [], []
    sources = wrong_answers(exercise)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [*PROGRAM, "init", ".", exercise, "--lang", "en"]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        file = next(folder.glob(f"{exercise}_*.py"))
        stub = file.read_text(encoding="utf-8")
        lines = own_lines(exercise, file, sources)
        file.write_text(stub, encoding="utf-8")
        with Terminal(folder, "watch", exercise) as watch:
            watch.on_screen("Write your answer into")
            for number in range(-1, repeats):
                line = lines[number % 2]
                text = f"{sources[number % 2]}\n# {number}\n"
                began = time.perf_counter()
                file.write_text(text, encoding="utf-8")
                watch.on_screen(line, "Points: ", "q quit")
                seen = time.perf_counter()
                report = graded(exercise, file)
                ended = time.perf_counter()
                if line not in report:
                    raise SystemExit(f"the report is of another file\n{report}")
                if number >= 0:  # the first one waits until all is warm
                    warm.append(seen - began)
                    cold.append(ended - seen)
            watch.press("q")
            watch.end()
    ratio = statistics.median(warm) / statistics.median(cold)
    return {
        "ratio": round(ratio, 3),
        "bound": BOUND,
        "watch": round(statistics.median(warm), 3),
        "grade": round(statistics.median(cold), 3),
        "repeats": repeats,
    }


def graded(exercise: str, file: Path) -> str:
    """Return the report of a cold grade."""
    command = [*PROGRAM, "grade", exercise, file.name, "--lang", "en"]
    environment = {**os.environ, "COLUMNS": "80"}
    done = subprocess.run(
        command, cwd=file.parent, check=False, capture_output=True, text=True, env=environment
    )
    return done.stdout


def main() -> int:
    """Measure, print JSON, return 1 when the bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exercises", nargs="*", default=EXERCISES)
    parser.add_argument("--repeats", type=int, default=REPEATS)
    arguments = parser.parse_args()
    found = {one: measure(one, arguments.repeats) for one in arguments.exercises}
    print(json.dumps(found, indent=2))
    return int(any(each["ratio"] > BOUND for each in found.values()))


if __name__ == "__main__":
    sys.exit(main())
