"""A process that inspects sources for a judge, within limits: any source may be hostile.

The judge starts it once and sends it many requests. A source that takes more time or memory to
parse than a submission should ends it, and costs the judge no more than starting another.
"""

from __future__ import annotations

import ast
import json
import signal
import sys
import warnings
from typing import Any, BinaryIO

from grader.ownwork.limits import limit_memory, limit_time
from grader.ownwork.messages import LENGTH, packed
from grader.ownwork.modules import Sources, parsed, places
from grader.ownwork.policy import Policy

MEMORY = 44 << 20  # bytes beyond those of the empty process: 64 MiB in all
SECONDS = 1.0  # CPU seconds for one source
DEPTH = 20_000
_TOLD = 200  # uses that are listed one by one
_NAME = 80
_LONG = 200  # nodes: trees of this size are not equal by chance


def main() -> None:
    """Answer the judge until it closes its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends Ctrl-C to all processes
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(DEPTH)
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    settings = receive(asked)
    if settings is None:
        return
    look = Look(settings)
    limit_memory(MEMORY)
    while (request := receive(asked)) is not None:
        limit_time(SECONDS)
        answer = look(Sources(**request))
        limit_time(0)
        answers.write(packed(answer))
        answers.flush()
        if answer.get("unread"):
            return  # its memory may be fragmented


class Look:
    """Inspects sources with the settings of one exercise."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._asked = settings["asked"]
        self._given = settings["given"]
        self._policy = Policy(settings["allowed"], settings["forbidden"], settings["idle"])
        self._reference = Known(settings["reference"])

    def __call__(self, sources: Sources) -> dict[str, Any]:
        """Return the findings about a submission, or that it cannot be parsed."""
        try:
            tree = parsed(sources)
            found = places(sources, tree, self._asked, self._policy, self._given)
            known = self._reference.equals(sources.answer, tree)
        except (SyntaxError, RecursionError, MemoryError, ValueError):
            return {"unread": True}
        return {
            "found": [[line, name[:_NAME], file] for line, name, file in found[:_TOLD]],
            "count": len(found),
            "reference": known,
        }


class Known:
    """A known source, recognised if it is long or has comments: others may be equal by chance."""

    def __init__(self, source: str) -> None:
        tree = ast.parse(source)
        self._nodes = sum(1 for _ in ast.walk(tree))
        self._text = " ".join(source.split())
        self._dump = ast.dump(tree) if self._nodes >= _LONG else ""
        self._telling = bool(self._dump) or "#" in source

    def equals(self, source: str, tree: ast.Module) -> bool:
        """Return True if a source equals this one up to spaces or, if it is long, comments."""
        if not self._telling:
            return False
        if " ".join(source.split()) == self._text:
            return True
        if not self._dump or sum(1 for _ in ast.walk(tree)) != self._nodes:
            return False
        return ast.dump(tree) == self._dump


def receive(stream: BinaryIO) -> Any:
    """Read a message; None at the end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    return json.loads(stream.read(length))
