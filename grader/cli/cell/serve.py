"""The process beside a kernel: it judges cells, so that the kernel imports nothing of a judge.

Standard input brings JSON lines, one for each cell to be graded; standard output answers each with
one. It ends when its input does, even in the middle of a cell, and leaves no process behind.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import queue
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

import click

from grader.cli.cell.command import CellContext, Cells, Shown, command
from grader.cli.cell.warm_judges import WarmJudges
from grader.cli.context import WIDTH, early_language
from grader.cli.errors import told
from grader.judge.reading.marks import MARK, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

# Seconds in which a judge that is interrupted ends its processes.
_PATIENCE = 10.0
_OURS = "GRADER_"


def main() -> None:
    """Serve the kernel at the other end of standard input and output."""
    signal.signal(signal.SIGTERM, _end)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        judges = WarmJudges()
        try:
            for line in _lines(sys.stdin.buffer):
                answers.write(json.dumps(_answer(json.loads(line), judges)).encode() + b"\n")
                answers.flush()
        finally:
            judges.close()


def _end(_number: int, _frame: object) -> None:
    """End as after the last cell, so that every process and folder is removed."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


def _lines(source: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of standard input; its end ends the process even while it is busy."""
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def read() -> None:
        for line in source:
            lines.put(line)
        lines.put(b"")
        if not idle.is_set():
            os.kill(os.getpid(), signal.SIGTERM)
            if not ended.wait(_PATIENCE):
                os._exit(1)

    idle, ended = threading.Event(), threading.Event()
    threading.Thread(target=read, daemon=True).start()
    try:
        while True:
            idle.set()
            line = lines.get()
            idle.clear()
            if not line.endswith(b"\n"):
                idle.set()
                return
            yield line
    finally:
        ended.set()


def _answer(asked: Mapping[str, Any], judges: WarmJudges) -> dict[str, Any]:
    """Run the command of one cell; any error becomes a sentence."""
    _move(asked["folder"], asked["environment"])
    words = words_of(asked["line"])
    texts = {number: text for number, text, _ in asked["cells"]}
    broken = frozenset(number for number, _, is_python in asked["cells"] if not is_python)
    cells = Cells(texts, asked["graded"], asked["name"], broken)
    columns = min(asked["columns"], WIDTH)
    context = CellContext(early_language(words), cells, judges, columns)
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            command.main(words, prog_name=MARK, obj=context, standalone_mode=False)
    except (click.ClickException, Exception) as error:  # noqa: BLE001 - nothing ends in a traceback
        sentence, _ = told(error, context.t)
        context.shown.add(sentence)
    return _sent(context.shown, out.getvalue())


def _move(folder: str, environment: Mapping[str, str]) -> None:
    """Go where the kernel is, and take over the variables that it has for the grader."""
    with contextlib.suppress(OSError):
        os.chdir(folder)
    for name in [name for name in os.environ if name.startswith(_OURS)]:
        del os.environ[name]
    os.environ.update({name: environment[name] for name in environment if name.startswith(_OURS)})


def _sent(shown: Shown, printed: str) -> dict[str, Any]:
    return {
        "notes": shown.notes,
        "text": shown.text,
        "html": shown.html,
        "printed": shown.printed + printed,
        "code": shown.code,
        "ends": shown.ends,
    }
