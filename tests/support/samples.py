"""Reports of every sort, as the judge hands them over: still without texts."""

from decimal import Decimal
from typing import Any

from grader.report.models import (
    CheckResult,
    ExerciseInfo,
    Isolation,
    LoadResult,
    Message,
    Output,
    Report,
    RunMetadata,
)

TEXT_HASH = "0" * 64
CANARY = "canary_7f3a"
EXERCISE = ExerciseInfo(id="ex11", slug="softmax", kind="code", course="nn")


def check(name: str, status: str = "passed", points: int = 2, **fields: Any) -> CheckResult:
    reached = Decimal(points if status == "passed" else 0)
    fields.setdefault("blame", None if status in {"passed", "not_run"} else "student")
    values: dict[str, Any] = {"maximum": Decimal(points), "reached": reached, **fields}
    return CheckResult(id=name, status=status, **values)


def message(id_: str, **args: Any) -> Message:
    return Message(id=id_, args=args)


def report(*checks: CheckResult, headline: Message | None = None, **fields: Any) -> Report:
    maximum = sum((one.maximum for one in checks), Decimal(0))
    reached = sum((one.reached for one in checks), Decimal(0))
    values: dict[str, Any] = {
        "status": "graded",
        "headline": headline
        or message("headline.some", reached=float(reached), maximum=float(maximum)),
        "reached": reached,
        "reachable": maximum,
        "maximum": maximum,
        "load": LoadResult(status="passed"),
        "text_hash": TEXT_HASH,
        "seed": 17,
        **fields,
    }
    return Report(exercise=EXERCISE.model_copy(), checks=list(checks), **values)


VALUES: dict[str, Any] = {
    "where": "[0, 1]",
    "got": 0.5,
    "expected": 0.25,
    "error": 0.25,
    "allowed": 1e-7,
}


def mixed() -> Report:
    """One check of every status, hidden ones, output, weak isolation."""
    return report(
        check("test_one_sample", title="One sample"),
        check(
            "test_batch",
            "failed",
            3,
            title="A batch: each row on its own",
            misconception="axis_zero",
            feedback=[message("exercise.axis_zero"), message("compare.values", **VALUES)],
        ),
        check(
            "test_raises",
            "error",
            feedback=[
                message(
                    "call.raised",
                    function="softmax",
                    type="ValueError",
                    detail="operands could not be broadcast together with shapes (3,4) (3,)",
                    line=7,
                ),
                message("where.cell", cell=2),
            ],
        ),
        check("test_crash", "crash", feedback=[message("call.ended", function="softmax")]),
        check(
            "test_slow",
            "timeout",
            feedback=[message("call.timeout", function="softmax", seconds=2.0)],
        ),
        check(
            "test_large",
            "memory",
            feedback=[message("call.memory", function="softmax", megabytes=2048)],
        ),
        check(
            "test_needs",
            "not_run",
            reason="needs",
            feedback=[message("not_run.needs", check="test_batch")],
        ),
        check(
            "test_needs_hidden",
            "not_run",
            reason="needs",
            feedback=[message("not_run.needs", check=f"test_{CANARY}")],
        ),
        check(
            "test_own",
            "needs_review",
            feedback=[message("static.forbidden", name="torch.softmax", line=3)],
        ),
        check(
            "test_slow_but_right",
            title="Values near `0.1`, $\\frac{1}{n}$",
            remarks=[message("exercise.loop")],
        ),
        check(
            f"test_{CANARY}",
            "failed",
            title=f"Title {CANARY}",
            visibility="hidden",
            misconception=CANARY,
            feedback=[message(f"exercise.{CANARY}", what=CANARY)],
        ),
        check(
            f"test_{CANARY}_held", visibility="held_back", remarks=[message(f"exercise.{CANARY}")]
        ),
        output=Output(text="hello\nworld\n", dropped=120),
        isolation=Isolation(level=1, name="no-open", missing=["landlock", "user namespaces"]),
        run=RunMetadata(
            cpu_seconds={f"test_{CANARY}": 0.5, "test_one_sample": 0.25},
            host="teacher-machine",
            faults=[f"test_{CANARY}: KeyError"],
        ),
    )


def not_loaded() -> Report:
    """A file that Python cannot read: every check not run for one reason."""
    reason = message("load.syntax", line=3, detail="'(' was never closed")
    return report(
        *(
            check(f"test_{n}", "not_run", reason="load", feedback=[message("not_run.load")])
            for n in ("one", "two", "three")
        ),
        headline=message("headline.load"),
        load=LoadResult(status="error", blame="student", feedback=[reason]),
    )


def all_right() -> Report:
    return report(check("test_one", points=10), headline=message("headline.all", maximum=10.0))
