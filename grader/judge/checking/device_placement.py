"""Checks about devices: where results are, and whether a source names a device."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from grader.judge.checking.compare import device_findings, wrong_kind
from grader.judge.failures import CheckFailedError, ComparedResult, Finding, NotRunError
from grader.judge.reading.device_names import named_devices, part_of, reached
from grader.wire.values import GeneratorItems, Tensor

if TYPE_CHECKING:
    from grader.judge.checking.compare import Path
    from grader.judge.reading.submission import Submission


def assert_on_device(got: Any) -> None:
    """Check that a tensor, or each tensor of a dict, list or tuple, is on the device under test."""
    findings = _elsewhere(got, ())
    if findings:
        raise CheckFailedError(*findings, looked_at=ComparedResult(got))


def _elsewhere(got: Any, path: Path) -> list[Finding]:
    if isinstance(got, Tensor):
        return device_findings(got, path)
    if isinstance(got, GeneratorItems):
        got = got.items
    if not isinstance(got, dict | list | tuple):
        return wrong_kind(got, "tensor", path)
    pairs = got.items() if isinstance(got, dict) else enumerate(got)
    return next((found for key, one in pairs if (found := _elsewhere(one, (*path, key)))), [])


def anywhere(value: Any) -> Any:
    """Return a result whose values can be compared wherever its tensors are.

    For checks of values only: a separate check tests the device.
    """
    if isinstance(value, Tensor):
        return replace(value, device="")
    if isinstance(value, dict):
        return {key: anywhere(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(anywhere(item) for item in value)
    return value


def assert_no_device_named(submission: Submission, *functions: str) -> None:
    """Check that these functions, and the code of the file that they use, name no device.

    A default value, a fallback for None and a comparison are allowed, since they impose none.
    """
    try:
        tree = submission.tree
    except SyntaxError:
        raise NotRunError("load", Finding("not_run.load")) from None
    for node in reached(tree, functions):
        for name, found in named_devices(node):
            place = part_of(found, submission.source.split("\n"))
            raise CheckFailedError(Finding("device.named", {"name": name}, place=place))
