"""How this tree compares with an earlier one: ``python benchmarks/batch.py --against COMMIT``.

Both grade the same classes and start the same commands in turn, A B A B, so that a slow moment of
the machine hits both; a row is the median ratio of the rounds, this tree over the earlier one.
Memory and the installation are of this tree alone.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from classes import EXERCISES, answers, write_class
from cold import COMMANDS, installation, seconds
from memory import sampled
from trees import LEVEL, Graded, Tree

if TYPE_CHECKING:
    from collections.abc import Callable

JOBS = 2
SMALL = 200
"""Submissions of the class whose memory that of the large one is compared with."""
COLD_FOR_ROUND = 3
"""Starts of a command for each round: one is short."""


class Row(NamedTuple):
    """A ratio: of rates, where more is better, or of what something costs, where less is."""

    unit: str
    to_reach: float | None
    """What the ratio is to reach; none where the row shows only what has become worse."""
    worst: float | None = None
    """The ratio beyond which it has become worse; none for a rate, which ``--least`` judges."""
    is_rate: bool = False

    def is_reached(self, ratio: float) -> bool:
        """Tell whether a ratio is what it is to be."""
        if self.to_reach is None:
            return True
        return ratio >= self.to_reach if self.is_rate else ratio <= self.to_reach

    def is_worse(self, ratio: float, least: float) -> bool:
        """Tell whether a ratio says that this tree is slower, or takes more."""
        if self.is_rate:
            return ratio < least
        return ratio > (1 / least if self.worst is None else self.worst)


RATE, COST = "submissions a second, once warm", "seconds"
ROWS = {
    "ex11": Row(RATE, 1.7, is_rate=True),
    "mixed": Row(RATE, 1.4, is_rate=True),
    "ex42": Row(RATE, 1.3, is_rate=True),
    "ex15": Row(RATE, None, is_rate=True),
    "first_verdict": Row("seconds from the start of the command", 0.7),
    "cpu_ex11": Row("CPU seconds a submission, of all processes", 0.7),
    # Medians of equal commands differ by 0.02 on a quiet machine.
    "cold_right": Row(COST, 0.8, worst=1.02),
    "cold_wrong": Row(COST, None, worst=1.12),
    "cold_list": Row(COST, None, worst=1.02),
    "memory": Row("MiB, everything together, at its peak", 1.05, worst=1.1),
    "installation": Row("bytes, without PyTorch and with it", 0.2, worst=0.2),
}
CLASS_OF = {"first_verdict": "ex11", "cpu_ex11": "ex11"} | {
    name: name for name, row in ROWS.items() if row.is_rate
}
"""The class whose batches a row is measured by."""
MEASURED: dict[str, Callable[[Graded], float]] = {
    "first_verdict": lambda run: run.first,
    "cpu_ex11": lambda run: run.cpu / run.rows,
}


class Sizes(NamedTuple):
    """How much is measured."""

    rounds: int
    mixed: int
    """Submissions of the mixed class; those of one exercise are a third of it."""
    large: int
    """Submissions of the class whose memory is compared with that of a small one."""


def compare(ours: Tree, theirs: Tree, wanted: list[str], sizes: Sizes) -> dict[str, dict[str, Any]]:
    """Measure the wanted rows; return each by its name."""
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for of in dict.fromkeys(CLASS_OF[row] for row in wanted if row in CLASS_OF):
            runs = _graded_in_turn(ours, theirs, of, sizes, folder / of)
            for row in (row for row in wanted if CLASS_OF.get(row) == of):
                measure = MEASURED.get(row, lambda run: run.warm)
                found[row] = _ratio([(measure(a), measure(b)) for a, b in runs])
                if ROWS[row].is_rate:
                    whole = _ratio([(a.rows / a.whole, b.rows / b.whole) for a, b in runs])
                    found[row]["of_the_whole_command"] = whole["ratio"]
        for row in (row for row in wanted if row in COMMANDS):
            count = COLD_FOR_ROUND * sizes.rounds + 1  # the first start reads everything from disk
            pairs = [(seconds(ours, row), seconds(theirs, row)) for _ in range(count)]
            found[row] = _ratio(pairs[1:])
        if "memory" in wanted:
            found["memory"] = _memory(ours, sizes, folder / "memory")
    if "installation" in wanted:
        found["installation"] = _of_this_tree(*installation())
    return {row: found[row] for row in wanted}


def _graded_in_turn(
    ours: Tree, theirs: Tree, of: str, sizes: Sizes, folder: Path
) -> list[tuple[Graded, Graded]]:
    source = folder / "class"
    if of == "mixed":
        write_class(source, sizes.mixed)
    else:
        write_class(source, sizes.mixed // len(EXERCISES), (of,))
    return [
        (
            ours.graded(source, folder / f"ours{number}", JOBS),
            theirs.graded(source, folder / f"theirs{number}", JOBS),
        )
        for number in range(sizes.rounds)
    ]


def _memory(ours: Tree, sizes: Sizes, folder: Path) -> dict[str, Any]:
    """Return the growth of memory as a class grows: of the peaks, and of what is there late."""
    write_class(folder / "small", SMALL)
    write_class(folder / "large", sizes.large)
    small = [
        sampled(ours, folder / "small", folder / f"out{number}", JOBS)
        for number in range(sizes.rounds)
    ]
    large = sampled(ours, folder / "large", folder / "out", JOBS)
    usual = {part: statistics.median(run[part] for run in small) for part in large}
    return {
        **_of_this_tree(large["whole_mb"], usual["whole_mb"]),
        "of_the_late": round(large["late_mb"] / usual["late_mb"], 3),
        "submissions": [sizes.large, SMALL],
    }


def _of_this_tree(measured: float, over: float) -> dict[str, Any]:
    return {
        "ratio": round(measured / over, 3),
        "ours": measured,
        "theirs": None,
        "over": round(over, 1),
    }


def _ratio(pairs: list[tuple[float, float]]) -> dict[str, Any]:
    return {
        "ratio": round(statistics.median(a / b for a, b in pairs), 3),
        "ours": round(statistics.median(a for a, _ in pairs), 4),
        "theirs": round(statistics.median(b for _, b in pairs), 4),
        "all": [round(a / b, 3) for a, b in pairs],
    }


def judged(found: dict[str, dict[str, Any]], least: float) -> dict[str, Any]:
    """Return the rows with what each is to reach, and which have become worse."""
    rows = {}
    for name, measured in found.items():
        row, ratio = ROWS[name], measured["ratio"]
        aim = {"unit": row.unit, "to_reach": row.to_reach, "reached": row.is_reached(ratio)}
        rows[name] = {**measured, **aim, "worse": row.is_worse(ratio, least)}
    return {
        "rows": rows,
        "not_reached": [name for name, row in rows.items() if not row["reached"]],
        "worse": [name for name, row in rows.items() if row["worse"]],
    }


def result_of(
    ours: Tree, theirs: Tree, wanted: list[str], sizes: Sizes, least: float
) -> dict[str, Any]:
    """Compare; return everything that the figures depend on, and the rows."""
    for tree in (ours, theirs):
        tree.compile()
    before = os.getloadavg()
    found = compare(ours, theirs, wanted, sizes)
    sources = {
        name: {kind: len(texts) for kind, texts in answers(name)._asdict().items()}
        for name in EXERCISES
    }
    return {
        "machine": {"cpu": _processor(), "cores": len(os.sched_getaffinity(0))},
        "isolation": {"level": int(LEVEL), "name": LEVEL.label},
        "jobs": JOBS,
        "rounds": sizes.rounds,
        "submissions": {"mixed": sizes.mixed, "one_exercise": sizes.mixed // len(EXERCISES)},
        "distinct_sources": sources,
        "load_before": before,
        "load_after": os.getloadavg(),
        "least": least,
        **judged(found, least),
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return "unknown"
