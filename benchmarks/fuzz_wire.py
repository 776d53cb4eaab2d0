"""Hostile frames in bulk: ``python benchmarks/fuzz_wire.py``.

Ten million altered frames go straight into the judge's reader, and a hundredth as many, each in a
conversation of its own, through the whole of the judge's side. Each must be read or refused: any
other exception is counted and shown with the frame, a frame that takes longer than a second is
taken for a hang, and memory must not grow.

Prints JSON. Exit code 1 when anything of that was found.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path.append(str(TESTS))

from support import hostile, pretended  # noqa: E402 - the tests' own sources of hostility

if TYPE_CHECKING:
    from collections.abc import Callable

HANG = 1.0  # seconds of CPU for one frame
GROWTH = 64.0  # MiB
SHOWN = 5


class HangError(BaseException):
    """A frame takes too long: no handler of the grader's must swallow it."""


def main() -> None:
    """Feed frames, and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--frames", type=int, default=10_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    signal.signal(signal.SIGPROF, _hang)
    found = {
        "reader": feed(hostile.Hostile(options.seed), options.frames, _read),
        "conversations": feed(hostile.Hostile(options.seed + 1), options.frames // 100, _converse),
    }
    print(json.dumps({"seed": options.seed, **found}, indent=2))
    bad = any(part["unexpected"] or part["grown_mib"] > GROWTH for part in found.values())
    sys.exit(1 if bad else 0)


def feed(source: Any, count: int, take: Callable[[bytes], str]) -> dict[str, Any]:
    """Take so many frames; return how they ended, how long it took and how memory has grown."""
    endings: Counter[str] = Counter()
    unexpected: list[dict[str, str]] = []
    slowest = 0.0
    for _ in range(min(count, 10_000)):  # until everything is imported, and every cache is warm
        with contextlib.suppress(Exception):
            take(source.frames())
    gc.collect()
    before, began = hostile.memory(), time.perf_counter()
    for _ in range(count):
        data = source.frames()
        started = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, HANG)
        try:
            endings[take(data)] += 1
        except (Exception, HangError) as error:  # noqa: BLE001 - what nobody expects is the find
            endings["unexpected"] += 1
            if len(unexpected) < SHOWN:
                unexpected.append({"error": repr(error), "frame": data[:2000].hex()})
        slowest = max(slowest, time.process_time() - started)
    signal.setitimer(signal.ITIMER_PROF, 0)
    gc.collect()
    return {
        "frames": count,
        "endings": dict(endings.most_common()),
        "unexpected": unexpected,
        "seconds": round(time.perf_counter() - began, 1),
        "slowest_ms": round(1000 * slowest, 1),
        "memory_mib": round(hostile.memory(), 1),
        "grown_mib": round(hostile.memory() - before, 1),
    }


def _read(data: bytes) -> str:
    count, error = hostile.read(data)
    return f"{'some read, then ' if count else ''}{type(error).__name__}"


def _converse(data: bytes) -> str:
    return type(pretended.answered(data)).__name__


def _hang(_number: int, _frame: object) -> None:
    raise HangError(f"no end after {HANG} CPU seconds")


if __name__ == "__main__":
    main()
