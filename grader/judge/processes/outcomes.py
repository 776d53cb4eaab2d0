"""The outcome of a request to a student process. Exactly one of these, never a sentinel."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from grader.wire.errors import ProtocolError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.wire.seen import TrafficRecord

WHYS = {
    *("raised", "exit", "input", "import", "syntax", "indentation", "memory", "not_written"),
    *("name", "recursion", "late", "notebook", "order"),
    *("process", "semaphore", "debugger", "compile", "card"),
}


@dataclass(frozen=True, eq=False)
class Returned:
    """The call returned.

    ``changed`` maps the index of a positional argument to its value after the call, for those that
    the call modified. ``seen``: the device traffic of the call, if requested.
    """

    value: Any
    changed: Mapping[int, Any] = field(default_factory=dict)
    seen: TrafficRecord | None = None


@dataclass(frozen=True)
class Raised:
    """The call raised an exception, described by the student process in plain data.

    ``why`` names kinds with a sentence of their own: raised, exit, input, import, syntax,
    indentation, memory, not_written, name, recursion, process, semaphore, debugger, compile, and
    card, if the graphics card has stopped and is unusable for this process; while loading also late
    (it was stopped), notebook (valid only in one) and order (the name is bound further down).
    ``module`` is the module to import, or the undefined name; ``file`` the helper that contains the
    line, None for the answer itself. ``column``, from 1, to before ``end_column`` of ``end_line``
    is the part of the file at fault: unverified numbers.
    """

    type: str
    detail: str | None
    line: int | None
    why: str = "raised"
    module: str | None = None
    function: str = ""  # the called function, as a student knows it
    file: str | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


@dataclass(frozen=True)
class TimedOut:
    """The time limit passed. ``waiting``: it slept or waited rather than computed."""

    seconds: float
    waiting: bool


@dataclass(frozen=True)
class OutOfMemory:
    """The memory limit was hit."""

    megabytes: int


@dataclass(frozen=True)
class ScratchFull:
    """The scratch folder exceeds its limit."""

    megabytes: int
    files: int


@dataclass(frozen=True)
class Crashed:
    """The process ended by itself: ``signal`` names what killed it, None for a plain exit."""

    signal: str | None


@dataclass(frozen=True)
class Malformed:
    """The process sent something that no honest process sends. ``reason`` is for the operator."""

    reason: str


@dataclass(frozen=True)
class TooLarge:
    """The reply exceeds a limit: ``megabytes`` of data, or too many values when None."""

    megabytes: int | None


@dataclass(frozen=True)
class TooManyCallbacks:
    """The call invoked the judge's functions too often."""

    limit: int


Outcome = (
    Returned
    | Raised
    | TimedOut
    | OutOfMemory
    | ScratchFull
    | Crashed
    | Malformed
    | TooLarge
    | TooManyCallbacks
)
FATAL = (TimedOut, ScratchFull, Crashed, Malformed, TooManyCallbacks)


def is_fatal(outcome: Outcome, *, on_card: bool = False) -> bool:
    """Return True if the process is unusable afterwards, so that the next call gets a fresh one.

    ``on_card``: it computes on a graphics card, whose memory other processes share.
    """
    stopped = isinstance(outcome, Raised) and outcome.why == "card"
    full = on_card and isinstance(outcome, OutOfMemory)
    return stopped or full or isinstance(outcome, FATAL)


def exception_of(description: Any) -> Raised:
    """Return the exception that a process describes.

    Raises:
        ProtocolError: the description is malformed.

    """
    match description:
        case {
            "type": str(kind),
            "detail": str() | None as detail,
            "line": int() | None as line,
            "why": str(why),
            "module": str() | None as module,
        } if why in WHYS:
            file = description.get("file")
            column, end_line, end_column = (
                value if isinstance(value := description.get(name), int) else None
                for name in ("column", "end_line", "end_column")
            )
            return Raised(
                kind[:100],
                detail,
                line,
                why,
                module and module[:100],
                file=file[:255] if isinstance(file, str) else None,
                column=column,
                end_line=end_line,
                end_column=end_column,
            )
    raise ProtocolError("bad description of an exception")
