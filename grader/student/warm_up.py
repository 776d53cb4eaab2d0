"""Warming up: import and use once what submissions need, then send the hello to the judge."""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import socket
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from grader.student import accelerator, pipes, preload_no_open, refusals, syscall_substitutes
from grader.student.fork_server import ForkServer
from grader.student.output import prepare_streams
from grader.student.sandbox.identity import assigned_uid
from grader.student.sandboxed_main import enter_and_serve, use_scratch_as_home
from grader.student.submission import warm_up
from grader.wire.levels import FULL, NO_OPEN

if TYPE_CHECKING:
    from grader.student.boot import Settings
    from grader.student.sandbox.levels import Sandbox
    from grader.student.sandbox.probe import ProbeResult


def start(settings: Settings, found: ProbeResult, sandbox: Sandbox, closed: set[str]) -> NoReturn:
    """Warm up, prepare the sandbox, send the hello to the judge, and serve as the settings ask."""
    control = socket.socket(fileno=settings.control)
    try:
        versions = _import_libraries(settings.libraries)
        _make_ready(settings)
        warm_up()
    except (ImportError, OSError) as problem:
        if found.level < FULL:
            raise
        # A library was built to find others at a path that this root does not contain.
        control.sendall(json.dumps({"unfit": {"namespaces": str(problem)}}).encode())
        os._exit(0)
    if found.level == NO_OPEN:
        preload_no_open.load_ahead(settings.libraries, closed)
    closed.clear()  # no submission may learn these paths
    refusals.install(shut_off=found.level >= NO_OPEN)
    if found.level >= NO_OPEN:
        syscall_substitutes.install(scratch=found.level > NO_OPEN)
    if sandbox.scratch is not None:
        pipes.install(sandbox.scratch)
    sandbox.prepare()
    # Done once here instead of in each process.
    prepare_streams()
    if sandbox.scratch is not None:
        use_scratch_as_home(sandbox.scratch)
    hello = {
        "isolation": _isolation(found, sandbox),
        "versions": versions,
        "scratch": sandbox.scratch,
        "user": assigned_uid(),  # the judge gives the scratch folders to this uid
    }
    if settings.device == "cuda":
        accelerator.refuse_if_touched()
    # Exempt the objects alive now from garbage collection: a child would copy each page that it
    # visits.
    gc.collect()
    gc.freeze()
    if settings.mode == "single":
        _become_single(settings, sandbox, control, hello)
    ForkServer(control, sandbox, hello, settings.device).serve()


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


def _make_ready(settings: Settings) -> None:
    """Initialise torch before any fork."""
    if settings.device == "sim":
        _simulate()
    if settings.optimisers:
        _load_optimisers()


def _simulate() -> None:
    """Install the simulated accelerator, which is present from the start, as CUDA is."""
    from grader.student.simulated import install  # noqa: PLC0415 - imports torch

    install()


def _load_optimisers() -> None:
    """Build an optimiser: the first one imports some 800 modules, in a second or more."""
    import torch  # noqa: PLC0415 - an exercise that says so has it

    torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)


def _isolation(found: ProbeResult, sandbox: Sandbox) -> dict[str, Any]:
    details = found.details | sandbox.unavailable()
    return {
        "level": found.level,
        "name": found.name,
        "missing": sorted(details),
        "details": details,
    }


def _become_single(
    settings: Settings, sandbox: Sandbox, control: socket.socket, hello: dict[str, Any]
) -> NoReturn:
    message = json.dumps(hello).encode()
    if hasattr(os, "pidfd_open"):
        # The process ID in another namespace differs: the pidfd identifies the process.
        socket.send_fds(control, [message], [os.pidfd_open(os.getpid())])
    else:
        control.sendall(message)
    enter_and_serve(
        sandbox,
        settings.channel,
        settings.output,
        scratch=sandbox.scratch or settings.folder,
        memory_bytes=settings.memory_bytes,
        cpu_seconds=settings.cpu_seconds,
        device=settings.device,
    )
