"""Start of an interpreter on the student's side: its command, environment and input."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.judge.failures import Finding, SystemFaultError
from grader.judge.processes.readable import Offering

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.course.devices import Device
    from grader.judge.processes.student_processes import SandboxOptions

# Ignores SIGINT, which a terminal sends to all processes: the judge ends it. Every process can read
# this command line; settings are sent on standard input instead.
BOOT = """
import json, signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
told = json.loads(sys.stdin.buffer.readline())
names = {"__name__": "grader.student.importing"}
exec(compile(told.pop("importing"), "grader/student/importing.py", "exec"), names)
names["start"](sys.stdin.buffer, told)
"""
# Seconds for importing torch on a slow or busy disk; then starting counts as failed.
START_SECONDS = 120
OF_CARDS = {
    # Deterministic results, and float32 without TF32, since results are compared (cuBLAS
    # documentation, "Results Reproducibility").
    "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
    "NVIDIA_TF32_OVERRIDE": "0",
    # Compiled kernels are not cached on disk, where other submissions would find them.
    "CUDA_CACHE_DISABLE": "1",
    "CUDA_MODULE_LOADING": "LAZY",
}
"""Environment variables of CUDA and its libraries on the student's side."""
# Bytes of a packet: the same as in student/fork_server.py.
MESSAGE_LIMIT = 65536
PACKAGE = Path(__file__).resolve().parents[2]
IMPORTING = PACKAGE / "student" / "importing.py"


def scratch_folder() -> str:
    """Make a folder that contains the scratch folders of student processes, or one of these."""
    return tempfile.mkdtemp(prefix="grader-")


def environment(device: Device) -> dict[str, str]:
    """Return the environment of the student's side, for computing on this device."""
    environment = {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "LOGNAME": "student",  # some libraries ask for a name; the password database is closed
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        # Objects on 2 MiB pages (glibc.malloc.hugetlb): fork copies far fewer page-table entries.
        "PYTHONMALLOC": "malloc",
        "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
        # Query the card without initialising CUDA, which a forked child could not use.
        "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
    }
    # Windows needs the first to start Python; the second is this interpreter's own.
    needed = ["SYSTEMROOT", "PYTHONHOME"]
    if device == "cuda":
        environment |= OF_CARDS
        needed.append("CUDA_VISIBLE_DEVICES")  # the operator's choice of a card
    else:
        environment["CUDA_VISIBLE_DEVICES"] = ""  # hide the card from submissions on other devices
    return environment | {name: os.environ[name] for name in needed if name in os.environ}


def offering(options: SandboxOptions) -> Offering:
    """Return the offer to processes with these options."""
    libraries = dict.fromkeys(("numpy", *options.libraries))  # our own side needs numpy
    closed = (str(PACKAGE), *options.closed)
    return Offering(libraries, closed, card=options.device == "cuda")


def spawn(
    options: SandboxOptions,
    offered: Offering,
    mode: str,
    descriptors: Mapping[str, int],
    **settings: Any,
) -> subprocess.Popen[bytes]:
    """Start an interpreter on the student's side, inheriting these descriptors only.

    Raises:
        SystemFaultError: it cannot be started.

    """
    if sys.platform == "win32":  # descriptors cannot be inherited there
        raise SystemFaultError(Finding("system.windows"), "no Linux, no macOS")
    told = {
        "mode": mode,
        "libraries": options.libraries,
        "max_level": options.max_level,
        "device": options.device,
        "optimisers": options.optimisers,
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
            # Without site-packages, and without the code that they run at start-up.
            [sys.executable, "-P", "-s", "-S", "-c", BOOT],
            pass_fds=tuple(descriptors.values()),
            env=environment(options.device),
            stdin=subprocess.PIPE,
            cwd=os.sep,
        )
    except OSError as error:
        raise SystemFaultError(Finding("system.nursery"), str(error)) from error
    assert process.stdin is not None  # noqa: S101 - asked for
    # If it has ended, the reader of its `hello` finds out.
    with contextlib.suppress(BrokenPipeError), process.stdin as pipe:
        pipe.write(json.dumps(first).encode() + b"\n")
        pipe.flush()
        # While the interpreter starts.
        pipe.write(json.dumps(offered.offer.as_message()).encode() + b"\n")
    return process
