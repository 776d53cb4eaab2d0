"""The graphics card on which CUDA computes here; the judge itself never initialises CUDA.

The device nodes and the files of torch exclude most machines at no cost. If both indicate a card, a
process of its own computes on it.
"""

from __future__ import annotations

import ast
import contextlib
import importlib.util
import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from grader.judge.failures import Finding, SystemFaultError, not_installed

NODES = ("/dev/nvidiactl", "/dev/dxg")
"""The driver's device nodes: on Linux, and on the Windows Subsystem for Linux."""
# Seconds for importing torch and initialising CUDA in a cold cache; then the probe is ended.
PROBE_SECONDS = 120
PROBE = """
import json, sys
import torch
try:
    torch.ones(8, device="cuda").sum().item()
    card = torch.cuda.get_device_properties(0)
    told = {"name": card.name, "memory": card.total_memory, "count": torch.cuda.device_count()}
except Exception as error:
    told = {"error": str(error)}
json.dump(told, sys.stdout)
"""

Lacking = Literal["", "torch", "build", "card", "driver"]


@dataclass(frozen=True)
class Card:
    """A graphics card, or the reason why there is none.

    ``lacking``: torch itself, a build of it with CUDA, the card, or a working driver, with
    ``detail`` as the error message. ``memory`` is in bytes.
    """

    lacking: Lacking = ""
    name: str = ""
    memory: int = 0
    detail: str = ""

    @property
    def usable(self) -> bool:
        """Whether CUDA computes here."""
        return not self.lacking

    def require(self) -> None:
        """Check that CUDA computes here.

        Raises:
            SystemFaultError: it does not.

        """
        if self.lacking == "torch":
            raise not_installed("torch")
        if self.lacking == "driver":
            finding = Finding("system.cuda_driver", {"detail": first_line(self.detail)})
            raise SystemFaultError(finding, self.detail)
        if self.lacking:
            build = self.lacking == "build"
            raise SystemFaultError(Finding("system.cuda_build" if build else "system.cuda_card"))


def first_line(text: str) -> str:
    """Return the first line of a driver's message, without the full stop."""
    return text.strip().partition("\n")[0].rstrip(".")


@cache
def find_card() -> Card:
    """Find a card on which CUDA computes."""
    return ruled_out() or _probed()


def ruled_out() -> Card | None:
    """Return a Card that names what is lacking; None if only a probe can decide."""
    file = _version_file()
    if file is None:
        return Card("torch")
    if not with_cuda(file.read_text(encoding="utf-8")):
        return Card("build")
    return None if any(Path(node).exists() for node in NODES) else Card("card")


def _version_file() -> Path | None:
    """Return the file in which torch records how it was built, without importing torch."""
    spec = importlib.util.find_spec("torch")
    if spec is None or spec.origin is None:
        return None
    file = Path(spec.origin).with_name("version.py")
    return file if file.is_file() else None


def with_cuda(source: str) -> bool:
    """Return True if the source of ``torch/version.py`` names a CUDA version."""
    for statement in ast.parse(source).body:
        match statement:
            case ast.AnnAssign(target=ast.Name("cuda"), value=ast.Constant(value=value)):
                return value is not None
            case ast.Assign(targets=[ast.Name("cuda")], value=ast.Constant(value=value)):
                return value is not None
    return False


def _probed() -> Card:
    """Compute on the card in a process of its own."""
    said = ""
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own code
            [sys.executable, "-P", "-c", PROBE],
            capture_output=True,
            text=True,
            timeout=PROBE_SECONDS,
            check=False,
        )
        said = done.stdout or json.dumps({"error": done.stderr.strip().rpartition("\n")[2]})
    return read(said)


def read(said: str) -> Card:
    """Parse the report of the probing process."""
    answer: dict[str, Any] = {}
    with contextlib.suppress(ValueError):
        answer = json.loads(said.strip().rpartition("\n")[2])
    if "name" in answer:
        return Card(name=str(answer["name"]), memory=int(answer["memory"]))
    return Card("driver", detail=str(answer.get("error", "")) or "it does not answer")
