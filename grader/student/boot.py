"""First steps of the processes on the student's side, before any submission is near.

Started as ``python -P -s -c 'from grader.student.boot import main; main()'`` with one JSON
argument, a wholly curated environment and no descriptors but those that are named.
"""

from __future__ import annotations

import json
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from grader.student.sandbox.grants import find_readable
from grader.student.sandbox.levels import Sandbox
from grader.student.sandbox.probe import probe

HERE = Path(__file__).parent
STILL_TO_IMPORT = (HERE, HERE.with_name("wire"), HERE.with_name("__init__.py"))


@dataclass(frozen=True)
class Settings:
    """How a process of the student's side starts."""

    mode: str  # "nursery": fork student processes on demand; "single": become one
    control: int  # descriptor of the control socket
    libraries: tuple[str, ...]  # imported before any submission
    exclude: tuple[str, ...]  # paths that no grant may open
    forget: tuple[str, ...]  # entries that leave sys.path once grader is imported
    max_level: int  # highest isolation level to use
    unfit: dict[str, str]  # protections that have proved not to serve, and why
    folder: str  # where scratch folders are; in mode "single", the scratch folder itself
    channel: int = -1  # mode "single": the socket to the judge
    output: int = -1  # mode "single": where prints go
    memory_bytes: int = 0
    cpu_seconds: int = 0


def main() -> None:
    """Read the settings from the command line and become what they ask for."""
    # The judge ends this process; on Ctrl-C it does so after it has cleared up.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settings = Settings(**json.loads(sys.argv[1]))
    sys.argv = [""]
    readable = find_readable(settings.exclude, besides=STILL_TO_IMPORT)
    found = probe(settings.max_level, readable, settings.unfit)
    sandbox = Sandbox(found, readable, settings.folder)
    sandbox.settle()
    # This may be a child of the process that was started, which stays behind. NumPy, and all that
    # needs it, is imported only here: what is mapped before a fork makes every further one slower.
    from grader.student.warming import serve  # noqa: PLC0415

    serve(settings, found, sandbox)
