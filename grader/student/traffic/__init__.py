"""What a call does on its device: what travels, where the host waits, how much is started and held.

The same on every device. On the CPU nothing travels and nobody waits, so that only operations and
memory are seen there.
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
    from grader.wire.seen import Seen


def watched(
    function: Callable[..., Any],
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
    submission: LoadedSubmission,
) -> tuple[Any, Seen]:
    """Call a function; return its value, and what it did on its device.

    What the drive does by itself is not counted, nor what threads do that the submission starts.
    """
    memory = memory_of()
    account = Account(Lines(submission), memory)
    with watching(account):
        value = function(*args, **kwargs)
    return value, account.seen()
