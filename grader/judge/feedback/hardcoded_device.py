"""Answers on the wrong device because a line of the submission chooses the device itself."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grader.course.devices import Device
    from grader.course.models import CodeExercise
    from grader.judge.failures import Finding
    from grader.judge.feedback.conclusions import Conclusion
    from grader.judge.reading.submission import Submission

BY_AVAILABILITY = "device.by_availability"
_WRONG_DEVICE = {"compare.device", "raised.devices", "raised.no_gpu", "traffic.to_host by to"}
_LONGEST = 1 << 16
"""Characters of a source that are parsed at most; its tree takes far more memory."""


def with_idiom(
    conclusion: Conclusion, submission: Submission, model: CodeExercise, device: Device
) -> Conclusion:
    """Return how a check ended, with the line that chooses a device if that is the reason.

    ``device``: the device of the functions' arguments.
    """
    endings = _endings(conclusion.findings) & _WRONG_DEVICE
    if not endings or len(submission.source) > _LONGEST:
        return conclusion
    try:
        more = _line(endings, submission, tuple(model.functions), device)
    except SyntaxError:
        return conclusion
    quoted = {one.args.get("line") for one in conclusion.findings}
    if not more or more[0].args.get("line") in quoted:
        return conclusion
    return replace(conclusion, findings=(*conclusion.findings, *more))


def _endings(findings: Iterable[Finding]) -> set[str]:
    """Return the ids of findings; for a transfer also the operation that caused it."""
    found = set[str]()
    for one in findings:
        found |= {
            one.id,
            f"raised.{one.args.get('explained')}",
            f"{one.id} by {one.args.get('name')}",
        }
    return found


def _line(
    endings: set[str], submission: Submission, functions: tuple[str, ...], device: Device
) -> tuple[Finding, ...]:
    """Return the finding about the first line that chooses a device, and the quoted line."""
    from grader.judge.feedback.exceptions import placed  # noqa: PLC0415 - few checks end so
    from grader.judge.reading.device_names import part_of, reached  # noqa: PLC0415 - imports NumPy

    statements = list(reached(submission.tree, functions))
    for id_, args, node in _found(statements, endings, device):
        place = part_of(node, submission.source.split("\n"))
        return placed(id_, args, place, submission)
    return ()


def _found(
    statements: Sequence[ast.stmt], endings: set[str], device: str
) -> Iterator[tuple[str, dict[str, str], ast.stmt | ast.expr]]:
    from grader.judge.reading.device_names import named_devices  # noqa: PLC0415 - imports NumPy

    if "raised.no_gpu" in endings:
        for statement in statements:
            for name, node in named_devices(statement):
                if "cuda" in name:
                    yield "device.named", {"name": name}, node
    elif device == "sim":  # on CUDA the choice is right
        for statement in statements:
            for choice in _choices(statement):
                yield BY_AVAILABILITY, {"device": device}, choice


def _choices(statement: ast.stmt) -> Iterator[ast.stmt | ast.expr]:
    """Yield the expressions that choose CUDA if it is available, and the CPU otherwise."""
    for node in ast.walk(statement):
        if isinstance(node, ast.IfExp | ast.If):
            names = _names(node)
            if {"cuda", "cpu"} <= names or (_asks(node.test) and "cuda" in names):
                yield node if isinstance(node, ast.IfExp) else node.test
        elif isinstance(node, ast.Subscript) and _asks(node) and "cpu" in _names(node):
            yield node


def _names(node: ast.AST) -> set[str]:
    """Return the kinds of devices named in a piece of code."""
    from grader.judge.reading.device_names import named_devices  # noqa: PLC0415 - imports NumPy

    found = (name.strip(".()").partition(":")[0] for name, _ in named_devices(node))
    return set(found)


def _asks(node: ast.AST) -> bool:
    """Return True if code tests for a GPU."""
    return any(
        isinstance(one, ast.Attribute) and one.attr == "is_available" for one in ast.walk(node)
    )
