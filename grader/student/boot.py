"""First steps of the processes on the student's side, before any submission is near.

Started as ``python -P -s -c 'from grader.student.boot import main; main()'`` with one JSON
argument, a wholly curated environment and no descriptors but those that are named.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import socket
import sys
from dataclasses import dataclass
from typing import Any

from grader.student.output import replace_streams
from grader.student.process import StudentProcess
from grader.student.sandbox.grants import readable_paths
from grader.student.sandbox.levels import Sandbox
from grader.student.sandbox.probe import ProbeResult, probe
from grader.student.submission import warm_up


@dataclass(frozen=True)
class Settings:
    """How a process of the student's side starts."""

    mode: str  # "nursery": fork student processes on demand; "single": become one
    control: int  # descriptor of the control socket
    libraries: tuple[str, ...]  # imported before any submission
    exclude: tuple[str, ...]  # paths that no grant may open
    forget: tuple[str, ...]  # entries that leave sys.path once grader is imported
    max_level: int  # highest isolation level to use
    channel: int = -1  # mode "single": the socket to the judge
    output: int = -1  # mode "single": where prints go
    scratch: str = ""
    memory_bytes: int = 0
    cpu_seconds: int = 0


def main() -> None:
    """Read the settings from the command line and become what they ask for."""
    settings = Settings(**json.loads(sys.argv[1]))
    sys.argv = [""]
    found = probe(settings.max_level)
    versions = _import_libraries(settings.libraries)
    warm_up()
    sys.path[:] = [entry for entry in sys.path if entry not in settings.forget]
    control = socket.socket(fileno=settings.control)
    hello = {"isolation": _isolation(found), "versions": versions}
    paths = readable_paths(settings.exclude)
    # What is alive now stays: frozen objects are never visited, hence never copied, in a child.
    gc.collect()
    gc.freeze()
    if settings.mode == "single":
        _become_student(settings, found, paths, control, hello)
    else:
        from grader.student.nursery import Nursery  # noqa: PLC0415 - not in a single process

        Nursery(control, found, paths, hello).serve()


def _import_libraries(libraries: tuple[str, ...]) -> dict[str, str]:
    versions = {"python": sys.version.split()[0]}
    for name in libraries:
        module = importlib.import_module(name)
        versions[name] = str(module.__version__)
        if name == "torch":
            module.set_num_threads(1)
            # Already set by a library that torch imports, in some builds.
            with contextlib.suppress(RuntimeError):
                module.set_num_interop_threads(1)
    return versions


def _isolation(found: ProbeResult) -> dict[str, Any]:
    return {
        "level": found.level,
        "name": found.name,
        "missing": list(found.missing),
        "details": dict(found.details),
    }


def _become_student(
    settings: Settings,
    found: ProbeResult,
    paths: list[str],
    control: socket.socket,
    hello: dict[str, Any],
) -> None:
    sandbox = Sandbox(found, paths)
    sandbox.prepare()
    control.sendall(json.dumps(hello).encode() + b"\n")
    control.close()
    enter(
        sandbox,
        settings.channel,
        settings.output,
        settings.scratch,
        settings.memory_bytes,
        settings.cpu_seconds,
    )


def enter(
    sandbox: Sandbox,
    channel: int,
    output: int,
    scratch: str,
    memory_bytes: int,
    cpu_seconds: int,
) -> None:
    """Shut this process off and answer the judge on ``channel`` until it is ended."""
    replace_streams(output)
    os.environ.update(
        {"HOME": scratch, "TMPDIR": scratch, "MPLCONFIGDIR": scratch, "MPLBACKEND": "Agg"}
    )
    os.chdir(scratch)
    sandbox.enter(
        scratch, keep=(0, 1, 2, channel), memory_bytes=memory_bytes, cpu_seconds=cpu_seconds
    )
    StudentProcess(socket.socket(fileno=channel)).serve()
