"""The ways in which a check ends without passing: raised inside checks, handled by the plugin."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from grader.course.installed import EXTRAS, NAMES
from grader.errors import GraderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.judge.processes.outcomes import Outcome
    from grader.wire.seen import Part

ArgumentValue = str | int | float | bool | None


@dataclass(frozen=True)
class Spot:
    """The position of a finding in a result: the keys of a part, and an index in it."""

    path: tuple[Any, ...] = ()
    index: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """The part in Python's notation: ``W1``, ``layers[1]``, ``[0]``; empty for the whole."""
        if not self.path:
            return ""
        first, *rest = self.path
        plain = isinstance(first, str) and first.isidentifier()
        return (first if plain else f"[{first!r}]") + "".join(f"[{key!r}]" for key in rest)


@dataclass(frozen=True)
class Finding:
    """A message id and its arguments, from which one sentence is made. Never prose.

    ``place``: the line of the submission that it is about, not yet quoted.
    """

    id: str
    args: Mapping[str, ArgumentValue] = field(default_factory=dict)
    spot: Spot = field(default=Spot(), compare=False, repr=False)
    place: Part | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.id} {dict(self.args)}" if self.args else self.id


@dataclass(frozen=True, eq=False)
class ComparedResult:
    """The subject of a failed check: a result and the right one, or the outcome of a call."""

    got: Any = None
    expected: Any = None
    outcome: Outcome | None = None


class CheckFailedError(GraderError, AssertionError):
    """The submission's answer is wrong; the findings say how, the coarsest mistake first."""

    def __init__(self, *findings: Finding, looked_at: ComparedResult | None = None) -> None:
        super().__init__("; ".join(str(finding) for finding in findings))
        self.findings = findings
        self.looked_at = looked_at


class CallFailedError(GraderError):
    """A call of the submission did not return."""

    def __init__(self, function: str, outcome: Outcome) -> None:
        super().__init__(f"{function}: {outcome}")
        self.function = function
        self.outcome = outcome


class NotRunError(GraderError):
    """The check cannot be run; ``reason`` is one of those in the report."""

    def __init__(self, reason: str, finding: Finding) -> None:
        super().__init__(str(finding))
        self.reason = reason
        self.finding = finding


class AuthorError(GraderError):
    """The exercise itself is wrong: this never costs the student a point."""


class SystemFaultError(GraderError):
    """The grader or the machine fails: this never costs the student a point."""

    def __init__(self, finding: Finding, detail: str = "") -> None:
        super().__init__(f"{finding}: {detail}" if detail else str(finding))
        self.finding = finding


def not_installed(library: str) -> SystemFaultError:
    """Return the error for an exercise that needs a library that is not installed."""
    args = {"library": NAMES.get(library, library), "package": EXTRAS.get(library, library)}
    if library != "torch":
        return SystemFaultError(Finding("system.library", args))
    # pip's default build differs by platform; a build for ARM computes on the CPU on any system.
    large = sys.platform == "linux" and platform.machine() in {"x86_64", "AMD64"}
    id_ = "system.torch_linux" if large else "system.torch"
    return SystemFaultError(Finding(id_, {"package": args["package"]}))


def fail(id: str, **args: ArgumentValue) -> NoReturn:  # noqa: A002 - the author's word for it
    """End the check with the exercise's own sentence ``feedback.<id>``.

    Arguments fill its placeholders: numbers, names, shapes; never prose.
    """
    raise CheckFailedError(Finding(f"exercise.{id}", args))
