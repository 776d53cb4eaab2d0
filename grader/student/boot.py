"""First steps of the processes on the student's side, before any submission is near.

Started by ``importing.start`` in an interpreter with a curated environment, without site-packages,
and with only the descriptors that are passed explicitly.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.student.sandbox.levels import Sandbox
from grader.student.sandbox.probe import ProbeResult, probe
from grader.student.sandbox.readable_paths import readable
from grader.wire.levels import Level

if TYPE_CHECKING:
    from typing import BinaryIO

    from grader.student.importing import Libraries, Own


@dataclass(frozen=True)
class Settings:
    """How a process of the student's side starts."""

    mode: str  # "fork_server": fork student processes on demand; "single": become one
    control: int  # descriptor of the control socket
    libraries: tuple[str, ...]  # imported before any submission
    max_level: int  # highest isolation level to use
    unfit: dict[str, str]  # protections that have proved not to serve, and why
    device: str  # on which submissions compute: "cpu", "sim" or "cuda"
    optimisers: bool  # submissions build optimisers of torch
    folder: str  # where scratch folders are; in mode "single", the scratch folder itself
    channel: int = -1  # mode "single": the socket to the judge
    output: int = -1  # mode "single": where prints go
    memory_bytes: int = 0
    cpu_seconds: int = 0


def main(stream: BinaryIO, own: Own, libraries: type[Libraries], settings: dict[str, Any]) -> None:
    """Start the fork server or the student process, as the settings ask.

    ``stream``: standard input, on which the judge sends what may be read. ``libraries`` finds the
    modules of the libraries that it offers.
    """
    told = Settings(**settings)
    own.hold()
    found, sandbox, closed = _shut_off(told, libraries, stream)
    # This may be a child of the process that was started, which waits for it. NumPy, and all that
    # needs it, is imported only here: memory mapped before a fork makes every later fork slower.
    from grader.student.warm_up import start  # noqa: PLC0415

    start(told, found, sandbox, closed)


def _shut_off(
    settings: Settings, libraries: type[Libraries], stream: BinaryIO
) -> tuple[ProbeResult, Sandbox, set[str]]:
    """Receive the offer and settle the sandbox. Only the names of closed files are kept of it."""
    offer = json.loads(stream.readline())
    _listen_to_nobody()
    _have_libraries(libraries, offer)
    granted = readable(offer)
    found = probe(Level(settings.max_level), granted, settings.unfit)
    sandbox = Sandbox(found, granted, settings.folder)
    sandbox.before_imports()
    return found, sandbox, set(offer["closed"])


def _listen_to_nobody() -> None:
    """Replace standard input by an empty stream."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)


def _have_libraries(libraries: type[Libraries], offer: dict[str, Any]) -> None:
    """Make the offered libraries importable, and what ``site`` adds with all others."""
    import site  # noqa: PLC0415 - without effect under -S

    sys.meta_path.append(libraries(offer["modules"], offer["versions"]))
    site.setquit()
    site.setcopyright()
    site.sethelper()
