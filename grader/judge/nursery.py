"""The judge's end of the student's side: starts the nursery, gets processes from it, ends them."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.course.installed import lacking
from grader.judge.clock import number_of
from grader.judge.failures import Finding, SystemFaultError, not_installed
from grader.judge.readable import Offering
from grader.judge.scratch import clear

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grader.course.models import Device

# Deaf to Ctrl-C, which reaches the whole terminal: the judge ends it. What this command is, any
# process may know; all that it needs to be told comes on its standard input.
BOOT = """
import json, signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
told = json.loads(sys.stdin.buffer.readline())
names = {"__name__": "grader.student.importing"}
exec(compile(told.pop("importing"), "grader/student/importing.py", "exec"), names)
names["start"](sys.stdin.buffer, told)
"""
START_SECONDS = 120
OF_CARDS = {
    # The same numbers every time, and float32 with all of its digits: a right answer is compared.
    "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
    "NVIDIA_TF32_OVERRIDE": "0",
    # Compiled code is kept in no folder, which other submissions would find there.
    "CUDA_CACHE_DISABLE": "1",
    "CUDA_MODULE_LOADING": "LAZY",
}
"""Settings of CUDA and its libraries on the student's side."""
MESSAGE_LIMIT = 65536
PACKAGE = Path(__file__).resolve().parents[1]
IMPORTING = PACKAGE / "student" / "importing.py"


@dataclass(frozen=True)
class Equipment:
    """What student processes have, the highest isolation level to use, and on what they compute.

    ``closed`` are paths that no student process may open, whatever else is granted.
    """

    libraries: tuple[str, ...]
    closed: tuple[str, ...]
    max_level: int = 3
    ahead: bool = False  # fork the next process before it is asked for
    device: Device = "cpu"
    optimisers: bool = False  # load what optimisers of torch need, before the first fork


@dataclass(frozen=True)
class Room:
    """Limits of one student process."""

    memory_bytes: int
    cpu_seconds: int  # hard stop; the judge reads the clock itself long before


class Handle(ABC):
    """One student process as the judge holds it."""

    def __init__(
        self, pid: int, channel: socket.socket, output: socket.socket, scratch: str | None
    ) -> None:
        """``scratch``: the process's folder, to be cleared away; None: it goes with the process."""
        self.pid = pid
        self.channel = channel
        self.output = output
        self.scratch = scratch
        for sock in (channel, output):
            sock.setblocking(False)  # noqa: FBT003 - the name says it

    @abstractmethod
    def kill(self) -> None:
        """End the process; harmless when it has ended."""

    @abstractmethod
    def wait(self) -> int:
        """Return the exit code of the ended process (negative: the signal that killed it)."""

    def close(self) -> None:
        """End the process and leave nothing of it behind."""
        self.kill()
        self.channel.close()
        self.output.close()
        if self.scratch is not None:
            clear(self.scratch)


class Nursery(ABC):
    """Where student processes come from."""

    @abstractmethod
    def start(self, room: Room) -> Handle:
        """Return a fresh student process. Raises SystemFaultError."""

    @property
    @abstractmethod
    def hello(self) -> Mapping[str, Any]:
        """What the student's side said of itself: isolation and versions."""

    @abstractmethod
    def close(self) -> None:
        """End the nursery."""


def open_nursery(equipment: Equipment) -> Nursery:
    """Start the student's side, as early as possible: it warms up beside the judge.

    Forks where fork is sound (Linux); elsewhere, or with GRADER_SPAWN=1, each student process is
    started afresh. Raises SystemFaultError where a library is not installed.
    """
    for library in lacking(equipment.libraries):
        raise not_installed(library)
    if sys.platform == "linux" and os.environ.get("GRADER_SPAWN") != "1":
        return ForkingNursery(equipment)
    from grader.judge.spawning import SpawningNursery  # noqa: PLC0415 - only where it is needed

    return SpawningNursery(equipment)


def scratch_folder() -> str:
    """Make a folder for the scratch folders of student processes, or for one of these."""
    return tempfile.mkdtemp(prefix="grader-")


def environment(device: Device) -> dict[str, str]:
    """Return the environment of the student's side, where answers compute on this device."""
    environment = {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "LOGNAME": "student",  # some libraries ask for a name; who the user is, is closed to them
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        # Objects on 2 MiB pages: a fork copies far fewer page-table entries.
        "PYTHONMALLOC": "malloc",
        "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
        # Whether there is a card is asked without CUDA, which would make forks impossible.
        "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
    }
    # Windows cannot start Python without the one, and what is read is this very Python's.
    needed = ["SYSTEMROOT", "PYTHONHOME"]
    if device == "cuda":
        environment |= OF_CARDS
        needed.append("CUDA_VISIBLE_DEVICES")  # the operator's choice of a card
    else:
        environment["CUDA_VISIBLE_DEVICES"] = ""  # a card that happens to be here is no answer's
    return environment | {name: os.environ[name] for name in needed if name in os.environ}


def offering(equipment: Equipment) -> Offering:
    """Return what processes with this equipment may read."""
    libraries = dict.fromkeys(("numpy", *equipment.libraries))  # our own side needs it, too
    closed = (str(PACKAGE), *equipment.closed)
    return Offering(libraries, closed, card=equipment.device == "cuda")


def spawn(
    equipment: Equipment,
    offered: Offering,
    mode: str,
    descriptors: Mapping[str, int],
    **settings: Any,
) -> subprocess.Popen[bytes]:
    """Start an interpreter on the student's side, with those descriptors and no other.

    Raises SystemFaultError.
    """
    if sys.platform == "win32":  # descriptors cannot be handed over there
        raise SystemFaultError(Finding("system.windows"), "no Linux, no macOS")
    told = {
        "mode": mode,
        "libraries": equipment.libraries,
        "max_level": equipment.max_level,
        "device": equipment.device,
        "optimisers": equipment.optimisers,
        **descriptors,
        **settings,
    }
    first = {
        "importing": IMPORTING.read_text(encoding="utf-8"),
        "package": str(PACKAGE),
        "settings": told,
    }
    try:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
            # Without what is installed, and what that does when an interpreter starts.
            [sys.executable, "-P", "-s", "-S", "-c", BOOT],
            pass_fds=tuple(descriptors.values()),
            env=environment(equipment.device),
            stdin=subprocess.PIPE,
            cwd=os.sep,
        )
    except OSError as error:
        raise SystemFaultError(Finding("system.nursery"), str(error)) from error
    assert process.stdin is not None  # noqa: S101 - asked for
    # It has ended, where it does not listen: whoever waits for its greeting finds out.
    with contextlib.suppress(BrokenPipeError), process.stdin as pipe:
        pipe.write(json.dumps(first).encode() + b"\n")
        pipe.flush()
        # While the interpreter starts.
        pipe.write(json.dumps(offered.offer.told()).encode() + b"\n")
    return process


@dataclass(frozen=True)
class _Order:
    """A process that the nursery is forking, and what the judge holds of it."""

    room: Room
    channel: socket.socket
    output: socket.socket
    scratch: str | None

    @contextlib.contextmanager
    def undone_on_failure(self) -> Iterator[None]:
        """Leave nothing behind when the process does not start."""
        try:
            yield
        except BaseException:
            self.channel.close()
            self.output.close()
            if self.scratch is not None:
                clear(self.scratch)
            raise


class ForkingNursery(Nursery):
    """A warm process that forks."""

    def __init__(self, equipment: Equipment) -> None:
        self._folder = scratch_folder()
        self._equipment = equipment
        self._offering = offering(equipment)
        try:
            self._launch({})
        except SystemFaultError:
            clear(self._folder)
            raise
        self._hello: Mapping[str, Any] | None = None
        self._ahead = equipment.ahead
        self._ordered: _Order | None = None
        self._spare: tuple[Room, Handle] | None = None

    def _launch(self, unfit: Mapping[str, str]) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(START_SECONDS)
        with theirs:
            descriptors = {"control": theirs.fileno()}
            self._process = spawn(
                self._equipment,
                self._offering,
                "nursery",
                descriptors,
                folder=self._folder,
                unfit=unfit,
            )

    @property
    def hello(self) -> Mapping[str, Any]:
        """What the nursery said when it was warm."""
        if self._hello is None:
            if self._offering.close_foreign():  # looked for while it warms up
                self._end()
                self._launch({})
            said, _ = self._answer()
            if "unfit" in said:  # it could not warm up where it had settled
                self._end()
                self._launch(said["unfit"])
                said, _ = self._answer()
            self._hello = said
            self._take_back()
        return self._hello

    def _take_back(self) -> None:
        """Have the folder of all scratch folders for the judge alone.

        The user whose processes have found their way through it so far goes on going through it,
        and neither lists it nor changes its mode and times, which the next process would see.
        """
        if self.hello["user"] is not None and self.hello["scratch"] is None:
            os.chown(self._folder, os.geteuid(), os.getegid())
            Path(self._folder).chmod(0o711)

    def _answer(self) -> tuple[dict[str, Any], list[int]]:
        try:
            message, descriptors, _, _ = socket.recv_fds(self._control, MESSAGE_LIMIT, 1)
        except OSError as error:
            raise SystemFaultError(Finding("system.nursery"), str(error)) from error
        if not message:
            raise SystemFaultError(Finding("system.nursery"), "the nursery ended")
        return json.loads(message), descriptors

    def _send(self, request: Mapping[str, Any], descriptors: Iterable[int] = ()) -> None:
        """Send a request, when the answer to the one before has been read."""
        assert self.hello is not None  # noqa: S101 - the first message is the greeting
        self._collect()
        try:
            socket.send_fds(self._control, [json.dumps(request).encode()], list(descriptors))
        except OSError as error:
            raise SystemFaultError(Finding("system.nursery"), str(error)) from error

    def start(self, room: Room) -> Handle:
        """Return a fresh student process: the spare one where it fits, else a new one."""
        self._collect()
        if self._spare is None or self._spare[0] != room:
            self._drop_spare()
            self._order(room)
            self._collect()
        assert self._spare is not None  # noqa: S101 - just collected
        _, handle = self._spare
        self._spare = None
        if self._ahead:
            with contextlib.suppress(SystemFaultError):  # the next start tries again
                self._order(room)
        return handle

    def _order(self, room: Room) -> None:
        """Have the nursery fork a process; its answer is read later."""
        scratch = None
        if self.hello["scratch"] is None:  # the processes have no folders of their own
            scratch = self._scratch(self.hello["user"])
        channel, their_channel = socket.socketpair()
        output, their_output = socket.socketpair()
        order = _Order(room, channel, output, scratch)
        request = {"op": "fork", "scratch": scratch, **vars(room)}
        with order.undone_on_failure(), their_channel, their_output:
            self._send(request, (their_channel.fileno(), their_output.fileno()))
        self._ordered = order

    def _scratch(self, user: int | None) -> str:
        """Make a scratch folder for a process of this user; None: of the same as this one."""
        # Not to be guessed: what one process does to its folder is not for the next one to see.
        path = Path(self._folder, secrets.token_hex(16))
        try:
            path.mkdir(mode=0o700)
            if user is not None:
                os.chown(path, user, user)
        except OSError as error:
            raise SystemFaultError(Finding("system.nursery"), str(error)) from error
        return str(path)

    def _collect(self) -> None:
        """Take delivery of the process that was ordered, if one was."""
        if self._ordered is None:
            return
        order, self._ordered = self._ordered, None
        with order.undone_on_failure():
            answer, descriptors = self._answer()
        handle = _Forked(answer["child"], descriptors[0], self, order)
        self._spare = (order.room, handle)

    def _drop_spare(self) -> None:
        if self._spare is not None:
            _, handle = self._spare
            self._spare = None
            handle.close()

    def reap(self, child: int) -> int:
        """Return the exit code of an ended child, by the number that the nursery gave it."""
        self._send({"op": "wait", "child": child})
        answer, _ = self._answer()
        return int(answer["code"])

    def close(self) -> None:
        """Let the nursery end: it does when this end of the socket closes."""
        with contextlib.suppress(SystemFaultError):
            self._collect()
            self._drop_spare()
        self._end()
        clear(self._folder)

    def _end(self) -> None:
        self._control.close()
        try:
            self._process.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class _Forked(Handle):
    def __init__(
        self,
        child: int,
        pidfd: int,
        nursery: ForkingNursery,
        order: _Order,
    ) -> None:
        super().__init__(number_of(pidfd), order.channel, order.output, order.scratch)
        self._child = child
        self._pidfd = pidfd
        self._nursery = nursery
        self._code: int | None = None

    def kill(self) -> None:
        """End the process."""
        # Through the descriptor, so that a process number used again is never hit.
        if self._pidfd >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def wait(self) -> int:
        """Return the exit code of the ended process."""
        if self._code is None:
            self._code = self._nursery.reap(self._child)
        return self._code

    def close(self) -> None:
        """End the process and leave nothing of it behind."""
        if self._pidfd < 0:
            return
        self.kill()
        with contextlib.suppress(SystemFaultError):  # the nursery is gone, and its children with it
            self.wait()
        super().close()
        os.close(self._pidfd)
        self._pidfd = -1
