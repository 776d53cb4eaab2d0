"""The client of the process that inspects submissions for work that is not the student's own.

Parsing a hostile source may take any time and memory: the process has low limits, and is started
again if a source has ended it.
"""

from __future__ import annotations

import contextlib
import json
import select
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.course.allowed_names import expand_groups
from grader.ownwork.messages import LENGTH, packed
from grader.wire.display_libraries import IDLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.course.loading import LoadedExercise

BOOT = "import sys; sys.path.insert(0, {root!r}); from grader.ownwork.serve import main; main()"
ROOT = str(Path(__file__).resolve().parents[3])
PATIENCE = 30.0  # wall seconds; its CPU limit is far lower
_MOST = 1 << 20  # bytes of an answer
_LARGE = 1 << 16  # characters of a source that gets a process of its own


@dataclass(frozen=True)
class ForbiddenUse:
    """A name that must not be used, and its line in the source, from 1.

    ``file``: the path of a file beside the answer, None for the answer itself.
    """

    name: str
    line: int
    file: str | None = None


@dataclass(frozen=True)
class Inspected:
    """The result of an inspection: the first uses, how many there are, and other findings.

    ``unread``: the source exceeded the limits of time or memory, so nothing is known.
    ``reference``: it is the exercise's own right answer, word for word.
    """

    sightings: tuple[ForbiddenUse, ...] = ()
    count: int = 0
    reference: bool = False
    unread: bool = False

    def __bool__(self) -> bool:
        """Whether a teacher has to review the submission."""
        return self.unread or self.reference or self.count > 0


class SourceInspector:
    """Inspects submissions of one exercise. Close it after use."""

    def __init__(self, exercise: LoadedExercise) -> None:
        model = exercise.code
        self.wanted = model.allowed is not None or bool(model.forbidden)
        self._settings = {
            "asked": list(model.functions),
            "allowed": None if model.allowed is None else expand_groups(model.allowed),
            "forbidden": model.forbidden,
            "idle": [one for one in IDLE if one.partition(".")[0] not in model.libraries],
            "given": [name.removesuffix(".py") for name in model.given],
        }
        self._exercise = exercise
        self.tells_copies = not exercise.course.is_kit
        self._process: subprocess.Popen[bytes] | None = None
        self._fresh = True
        if self.wanted:
            self._start()

    @property
    def pid(self) -> int | None:
        """The process ID, if it runs."""
        return None if self._process is None else self._process.pid

    def look(
        self, source: str, cells: Sequence[int] = (), helpers: Mapping[str, str] | None = None
    ) -> Inspected:
        """Return the parts of a source that are not the student's own work.

        ``cells``: the lines at which the cells of a notebook begin; ``helpers``: the sources of the
        files beside it, by path.
        """
        if not self.wanted:
            return Inspected()
        # Earlier sources may have fragmented its memory: a large source gets a process of its own,
        # and a small one that fails is tried in a new one.
        request: dict[str, Any] = {
            "answer": source,
            "cells": list(cells),
            "helpers": dict(helpers or {}),
        }
        large = len(source) + sum(map(len, request["helpers"].values())) > _LARGE
        if self._process is None or (large and not self._fresh):
            self._start()
        fresh = self._fresh
        answer = self._ask(request)
        if answer is None and not fresh:
            self._start()
            answer = self._ask(request)
        if large:
            self.close()
        if answer is None:
            return Inspected(unread=True)
        return Inspected(
            tuple(ForbiddenUse(name, line, file) for line, name, file in answer["found"]),
            answer["count"],
            answer["reference"] and self.tells_copies,
        )

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        for end in (process.stdin, process.stdout):
            if end is not None:
                with contextlib.suppress(OSError):
                    end.close()
        process.kill()
        process.wait()

    def _start(self) -> None:
        self.close()
        command = [sys.executable, "-I", "-S", "-c", BOOT.format(root=ROOT)]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        except OSError:
            return  # without an inspection a teacher has to review
        self._fresh = True
        kit = self._exercise.course.is_kit  # which holds no reference, and knows no copy of it
        reference = "" if kit else self._exercise.reference_source
        self._send({**self._settings, "reference": reference})

    def _ask(self, request: dict[str, Any]) -> dict[str, Any] | None:
        """Return the answer about a source; None, and no process, if there is none."""
        self._fresh = False
        if self._send(request):
            answer = self._received()
            if answer is not None and not answer.get("unread"):
                return answer
        self.close()
        return None

    def _send(self, message: dict[str, Any]) -> bool:
        frame = memoryview(packed(message))
        if self._process is None or self._process.stdin is None:
            return False
        try:
            while frame:
                frame = frame[self._process.stdin.write(frame) or 0 :]
        except OSError:
            return False
        return True

    def _received(self) -> dict[str, Any] | None:
        deadline = time.monotonic() + PATIENCE
        head = self._read(LENGTH.size, deadline)
        if len(head) < LENGTH.size:
            return None
        (length,) = LENGTH.unpack(head)
        if length > _MOST:
            return None
        data = self._read(length, deadline)
        return json.loads(data) if len(data) == length else None

    def _read(self, size: int, deadline: float) -> bytes:
        """Return that many bytes, or fewer if the process has ended or the deadline passed."""
        data = b""
        assert self._process is not None  # noqa: S101 - what is sent was sent to it
        assert self._process.stdout is not None  # noqa: S101
        while len(data) < size:
            wait = max(0.0, deadline - time.monotonic())
            if not select.select([self._process.stdout], [], [], wait)[0]:
                break
            more = self._process.stdout.read(size - len(data))
            if not more:
                break
            data += more
        return data
