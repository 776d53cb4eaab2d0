"""A worker: a process that receives submissions and answers with reports.

Started as ``python -P -m grader.batch.worker``. Standard input brings JSON lines: the settings
first, then one job each. Standard output answers that it is ready, with the isolation level if it
was asked to start early, then one line a job, in the order they came. It ends when its input does,
and leaves nothing behind.

An early start is for the first worker of a batch: the student's side warms up while this process
imports the judge and the coordinator reads the class. What is imported here is little on purpose.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.judge.processes.early_start import EarlyStart, numpy_options
from grader.wire.levels import Level

if TYPE_CHECKING:
    from collections.abc import Callable

OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""More than Python's 700: nearly all that a submission leaves is freed without a collection."""


@dataclass(frozen=True)
class ReceivedSettings:
    """Settings of all jobs, as they were sent."""

    course: Path
    required_level: Level
    scratch: Path
    early: bool  # start the student's side now, for what most exercises need

    @classmethod
    def of(cls, line: bytes) -> ReceivedSettings:
        """Read the settings from their line."""
        sent = json.loads(line)
        level = Level(sent["required_level"])
        return cls(Path(sent["course"]), level, Path(sent["scratch"]), sent["early"])


def _answering() -> Callable[[bytes], None]:
    """Reserve standard output for answers; other output goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def answer(line: bytes) -> None:
        answers.write(line)
        answers.flush()

    return answer


def _end(_number: int, _frame: object) -> None:
    """End as after the last job, so that every process and folder is removed."""
    raise KeyboardInterrupt


def _serve(settings: ReceivedSettings, answer: Callable[[bytes], None]) -> None:
    with EarlyStart(numpy_options(settings.course, ahead=True), start=settings.early) as early:
        from grader.batch.worker_jobs import Worker  # noqa: PLC0415 - imports the judge
        from grader.course.loading import Course  # noqa: PLC0415

        course = Course(settings.course)
        ready = {"ready": True, "level": early.level()}
        answer(json.dumps(ready).encode() + b"\n")
        gc.freeze()  # what is imported stays: collections need not look through it
        gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
        Worker(course, settings.required_level, sys.stdin.buffer, answer, early).serve()


def main() -> None:
    """Serve the coordinator at the other end of standard input and output."""
    signal.signal(signal.SIGTERM, _end)
    answer = _answering()
    settings = ReceivedSettings.of(sys.stdin.buffer.readline())
    # Where root grades, student processes of another user find their scratch folders in there.
    settings.scratch.mkdir(mode=0o711, exist_ok=True)
    tempfile.tempdir = str(settings.scratch)
    try:
        _serve(settings, answer)
    except (ConnectionError, KeyboardInterrupt):
        pass  # the coordinator has ended
    finally:
        shutil.rmtree(settings.scratch, ignore_errors=True)


if __name__ == "__main__":
    main()
