"""Device traffic of a call: transfers, waits of the host, operations started and memory held.

Recorded alike on every device. On the CPU nothing is transferred and nothing waits, so that only
operations and memory are recorded there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grader.student.traffic.account import Account
from grader.student.traffic.lines import Lines
from grader.student.traffic.memory import memory_of
from grader.student.traffic.modes import watching

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from grader.student.submission import LoadedSubmission
    from grader.wire.seen import TrafficRecord


def watched(
    function: Callable[..., Any],
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
    submission: LoadedSubmission,
) -> tuple[Any, TrafficRecord]:
    """Call a function; return its value and the recorded traffic.

    What the drive does by itself is not counted, nor what threads do that the submission starts.
    """
    memory = memory_of()
    account = Account(Lines(submission), memory)
    with watching(account):
        value = function(*args, **kwargs)
    return value, account.seen()
