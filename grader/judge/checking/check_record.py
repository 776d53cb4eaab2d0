"""The state of one check while a submission is evaluated."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from grader.judge.checking.bars import Measurement
    from grader.judge.checking.compare import RecordedComparison
    from grader.judge.checking.function_namespace import RecordedCall, StudentNamespace
    from grader.judge.failures import ComparedResult
    from grader.judge.feedback.conclusions import Conclusion
    from grader.judge.processes.conversation import Head
    from grader.report.models import Visibility


@dataclass(frozen=True)
class Rehearsal:
    """The body of a check that was run, and the state needed to run it on another program."""

    body: Callable[[], object]
    subject: StudentNamespace
    rng: np.random.Generator | None
    state: Any  # of the generator, before the body was run


@dataclass
class CheckRecord:
    """The state of one check in this evaluation."""

    id: str
    visibility: Visibility = "shown"
    conclusion: Conclusion | None = None
    calls: list[RecordedCall] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    comparisons: list[RecordedComparison] = field(default_factory=list)
    measurements: list[Measurement] = field(default_factory=list)
    rehearsals: list[Rehearsal] = field(default_factory=list)
    looked_at: ComparedResult | None = None  # the mistake that was found
    printed: Head | None = None
    cpu_seconds: float = 0.0
