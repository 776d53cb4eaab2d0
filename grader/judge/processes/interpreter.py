"""Starting an interpreter on the student's side: its command, its environment, what it is told."""

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

    from grader.course.models import Device
    from grader.judge.processes.student_processes import SandboxOptions

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
PACKAGE = Path(__file__).resolve().parents[2]
IMPORTING = PACKAGE / "student" / "importing.py"


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


def offering(options: SandboxOptions) -> Offering:
    """Return what processes with this options may read."""
    libraries = dict.fromkeys(("numpy", *options.libraries))  # our own side needs it, too
    closed = (str(PACKAGE), *options.closed)
    return Offering(libraries, closed, card=options.device == "cuda")


def spawn(
    options: SandboxOptions,
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
            # Without what is installed, and what that does when an interpreter starts.
            [sys.executable, "-P", "-s", "-S", "-c", BOOT],
            pass_fds=tuple(descriptors.values()),
            env=environment(options.device),
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
