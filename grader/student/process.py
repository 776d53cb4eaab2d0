"""The student process: loads one submission and answers the judge's calls, until it is ended."""

from __future__ import annotations

import builtins
import contextlib
import errno
import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NoReturn

from grader.student.accelerator import is_fault_of_card, is_full
from grader.student.marshal import rebuilder, replacer
from grader.student.output import InputRefusedError
from grader.student.patience import TooLongError
from grader.student.places import Place, line_at, place_of
from grader.student.refusals import kind_of
from grader.student.submission import LoadedSubmission, restore_defaults, seed_generators
from grader.student.toplevel import stood_in_for
from grader.student.unwritten import is_stub
from grader.wire import frames, stream
from grader.wire.errors import ClosedError, TooLargeError
from grader.wire.seen import plain
from grader.wire.values import array_as_text, encode

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Mapping

    from grader.student.accelerator import Host
    from grader.wire.seen import TrafficRecord

# Characters of an exception's message that are sent; the rest is cut off.
DETAIL_LIMIT = 2000
NOT_EVALUATED = "the function cannot be computed for what it was given"


class StudentProcess:
    """Answers requests in turn: ``load``, ``call`` (a function), ``run`` (a function of the drive).

    Requests may be sent before the replies to earlier ones are read. Those of a group, that is, of
    one check, are skipped once one of them has raised, as the check then ends.

    A reply is ``done`` with [value, changed arguments], ``raised`` with a description, or
    ``failed`` with a reason. If the request asks for it, the device traffic of the call follows the
    changed arguments. While a request is answered, ``ask`` lets the judge evaluate a function
    argument.
    """

    def __init__(self, sock: socket.socket, device: Host, memory_bytes: int) -> None:
        """``device``: where the submission computes; ``memory_bytes``: its limit there."""
        self.sock = sock
        self.device = device
        self.memory_bytes = memory_bytes
        self.refused: Exception | None = None
        self.ahead: Mapping[str, Any] | None = None  # of a request that was sent ahead
        self.raised_in: int | None = None  # the group in which such a request has raised
        self.reader = stream.Reader(sock)
        self.number = 0
        self.max_body = frames.MAX_BODY
        self.submission: LoadedSubmission | None = None
        self.stand_in = replacer(0)
        self.build = rebuilder("cpu", self.ask)

    def serve(self) -> NoReturn:
        """Answer until the judge closes the socket."""
        operations: Mapping[str, Callable[[Any], Any]] = {
            "load": self._load,
            "call": self._call,
            "run": self._run,
            "peak": lambda _: {"bytes": self.device.peak()},
        }
        card = self.device.begin(self.memory_bytes)
        try:
            # From here on the sandbox is in force: whatever ends this process is caused by the
            # submission.
            stream.send(self.sock, self._pack("ready", card))
            while True:
                value = None  # values of the last request are released
                self.device.before_request()
                header, value = self.reader.receive(build=self._build)
                self.number = header["id"]
                self.ahead = header.get("ahead")
                if self.ahead is not None and self.ahead["group"] == self.raised_in:
                    stream.send(self.sock, self._pack("failed", {"why": "skipped"}))
                    continue
                if "seed" in header:
                    seed_generators(header["seed"])
                self._answer(operations[header["op"]], value)
        except ClosedError:
            os._exit(0)

    def _build(self, value: Any) -> Any:
        """Return the value for a stand-in; what the device refuses is reported with the answer."""
        try:
            return self.build(value)
        except Exception as error:  # noqa: BLE001 - of whichever device
            self.refused = error
            return None

    def _require_built(self) -> None:
        refused, self.refused = self.refused, None
        if refused is not None:
            raise refused

    def _answer(self, operation: Callable[[Any], Any], value: Any) -> None:
        try:
            self._require_built()
            reply = self._pack("done", operation(value))
        except ClosedError:
            raise
        except TooLargeError as error:
            reply = self._pack("failed", {"why": f"too_many_{error.what}", "size": error.size})
        except BaseException as error:  # noqa: BLE001 - whatever a submission raises is an answer
            reply = self._pack("raised", describe(error, self.submission))
            self.raised_in = None if self.ahead is None else self.ahead["group"]
        with contextlib.suppress(Exception):
            sys.stdout.flush()
        if self.ahead is not None:
            with contextlib.suppress(OSError):
                os.write(1, frames.mark(self.ahead["mark"], self.number))
        stream.send(self.sock, reply)

    def _pack(self, operation: str, value: Any) -> list[frames.Buffer]:
        return frames.pack(
            operation, self.number, value, stand_in=self.stand_in, max_body=self.max_body
        )

    def ask(self, callback: int, args: Any, kwargs: Any) -> Any:
        """Have the judge evaluate its function on these arguments."""
        try:
            question = self._pack("ask", [callback, list(args), dict(kwargs)])
        except TooLargeError:
            raise refusal("ValueError") from None
        stream.send(self.sock, question)
        header, value = self.reader.receive(build=self._build)
        self._require_built()
        if header["op"] == "refuse":
            raise refusal(value)
        return value

    def _load(self, request: Mapping[str, Any]) -> Any:
        if self.submission is not None:
            restore_defaults()
        self.max_body = request["max_body"]
        self.stand_in = replacer(request["items"])
        self.build = rebuilder(request["device"], self.ask)
        given, helpers = (
            {name: array_as_text(text) for name, text in request[kind].items()}
            for kind in ("given", "helpers")
        )
        source = array_as_text(request["source"])
        submission = self.submission = LoadedSubmission(
            request["filename"], source, given, helpers, request["functions"]
        )
        if request["tolerant"] is None:
            submission.execute()
        else:
            submission.execute_tolerantly(
                lambda error: describe(error, submission), **request["tolerant"]
            )
        if request["drive"] is not None:
            self.submission.execute_drive(array_as_text(request["drive"]))
        return self.submission.describe(request["functions"])

    def _call(self, request: list[Any]) -> Any:
        assert self.submission is not None  # noqa: S101 - the judge loads first
        name, *rest = request
        return self._made(getattr(self.submission.module, name), *rest)

    def _run(self, request: list[Any]) -> Any:
        assert self.submission is not None  # noqa: S101
        name, *rest = request
        function = getattr(self.submission.drive, name)
        module = self.submission.module
        return self._made(lambda *a, **k: function(module, *a, **k), *rest)

    def _made(
        self,
        function: Callable[..., Any],
        args: list[Any],
        kwargs: Any,
        watched: bool = False,
        stopwatch: list[Callable[[], Any]] | None = None,
    ) -> Any:
        """Call, and return which positional arguments were changed in place.

        ``stopwatch``: the judge's functions that start and stop its clock.
        """
        before = [self._snapshot(arg) for arg in args]
        seen: list[Any] = []
        if watched:
            value, account = self._watched(function, args, kwargs)
            seen.append(plain(account))
        elif stopwatch:
            value = self._timed(function, args, kwargs, *stopwatch)
        else:
            value = function(*args, **kwargs)
        self.device.after_call()
        absent = stood_in_for(value)
        if absent is not None:
            raise NameError(f"name {absent!r} is not defined", name=absent)
        changed = [
            [index, arg]
            for index, (arg, old) in enumerate(zip(args, before, strict=True))
            if self._snapshot(arg) != old
        ]
        return [value, changed, *seen]

    def _watched(
        self, function: Callable[..., Any], args: list[Any], kwargs: Any
    ) -> tuple[Any, TrafficRecord]:
        from grader.student import traffic  # noqa: PLC0415 - only exercises with tensors have torch

        assert self.submission is not None  # noqa: S101
        return traffic.watched(function, args, kwargs, self.submission)

    def _timed(
        self,
        function: Callable[..., Any],
        args: list[Any],
        kwargs: Any,
        start: Callable[[], Any],
        stop: Callable[[], Any],
    ) -> Any:
        """Call while the judge's clock runs; pending work on the device is finished before."""
        self.device.flush_cache()
        self.device.after_call()
        start()
        value = function(*args, **kwargs)
        self.device.after_call()
        stop()
        return value

    def _snapshot(self, arg: Any) -> Any:
        if callable(arg):
            return None
        encoded = encode(arg, self.stand_in)
        return repr(encoded.tree), [bytes(buffer) for buffer in encoded.buffers]


def refusal(kind: str) -> Exception:
    """Return the exception for a call to the judge that cannot be evaluated."""
    known = getattr(builtins, kind, None)
    if isinstance(known, type) and issubclass(known, Exception):
        return known(NOT_EVALUATED)
    return ValueError(NOT_EVALUATED)


def describe(error: BaseException, submission: LoadedSubmission | None) -> dict[str, Any]:
    """Describe an exception of the submission in plain data.

    ``detail`` is None when the exception cannot be printed, ``line`` and the rest of a place when
    it was not raised in a file of the student's: see `Place`. ``module`` is the module to import,
    or the undefined name.
    """
    try:
        name = type(error).__name__
        place = place_of(error, submission)
    except BaseException:  # noqa: BLE001 - an exception may be built to resist being read
        name, place = "Exception", Place()
    try:
        detail: str | None = str(error)[:DETAIL_LIMIT]
    except BaseException:  # noqa: BLE001
        detail = None
    named = error.name if isinstance(error, ImportError | NameError) else None
    return {
        "type": name if type(name) is str else "Exception",
        "detail": detail,
        **asdict(place),
        "why": _why(error, place, submission),
        "module": named if type(named) is str else None,
    }


def _why(error: BaseException, place: Place, submission: LoadedSubmission | None) -> str:
    """Return the cause of exceptions that have a message of their own, else ``raised``."""
    if submission is not None and place.line is not None:
        own = place.innermost and place.file is None
        if own and isinstance(error, NotImplementedError):
            stub = is_stub(submission.source, place.line, submission.asked)
            return "not_written" if stub else "raised"
        imports = "import" in line_at(place, submission)
        if isinstance(error, ModuleNotFoundError) and not imports:
            return "raised"  # a library lacks an attribute that the student's line uses
    if is_fault_of_card(error):
        return "card"
    if _out_of_memory(error):
        return "memory"
    refused = kind_of(error)
    if refused is not None:
        return refused
    kinds: list[tuple[type[BaseException], str]] = [
        (TooLongError, "late"),
        (InputRefusedError, "input"),
        (SystemExit, "exit"),
        (IndentationError, "indentation"),
        (SyntaxError, "syntax"),
        (ModuleNotFoundError, "import"),
        (NameError, "name"),
        (RecursionError, "recursion"),
    ]
    return next((why for kind, why in kinds if isinstance(error, kind)), "raised")


def _out_of_memory(error: BaseException) -> bool:
    """Return True if memory ran out, as reported by Python, the system or torch."""
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    of_torch = type(error) is RuntimeError and "DefaultCPUAllocator" in str(error)
    return of_torch or isinstance(error, MemoryError) or is_full(error)
