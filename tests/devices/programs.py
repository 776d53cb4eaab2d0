"""The small programs of programs.yaml, and what each of them comes to on a device."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@dataclass(frozen=True)
class Refusal:
    """An exception that a program ends in."""

    kind: str
    says: str

    def __str__(self):
        return self.kind


@dataclass(frozen=True)
class Program:
    """A few lines, and what a GPU and the simulated device are to make of them."""

    group: str
    what: str
    run: str
    refusal: Refusal | None
    simulated: Refusal | None
    because: str
    difference: str


@dataclass(frozen=True)
class Outcome:
    """How a program ended: nothing, or the names of an exception's classes and its message."""

    kinds: tuple[str, ...] = ()
    message: str = ""

    def contradicts(self, refusal):
        """What speaks against the expected end; empty where nothing does."""
        if refusal is None:
            return f"{self.kinds[0]}: {self.message}" if self.kinds else ""
        if not self.kinds:
            return f"ran, where {refusal} was expected"
        if refusal.kind in self.kinds and re.search(refusal.says, self.message):
            return ""
        return f"{self.kinds[0]}: {self.message}"


def programs():
    """All of them, in the order of the page."""
    groups = yaml.safe_load((HERE / "programs.yaml").read_text(encoding="utf-8"))
    return [_program(group["group"], entry) for group in groups for entry in group["programs"]]


def _program(group, entry):
    refusal = Refusal(entry["refused"], entry["says"]) if "refused" in entry else None
    other = entry.get("sim")
    simulated = Refusal(other["refused"], other["says"]) if other else refusal
    return Program(
        group,
        entry["what"],
        entry["run"],
        refusal,
        simulated,
        entry.get("because", ""),
        other["why"] if other else "",
    )


def outcomes(device, programs, *, python=sys.executable, timeout=300):
    """Run programs on a device, each in a process of its own, and return how they ended."""
    done = subprocess.run(
        [python, "-P", HERE / "runner.py", device],
        input=json.dumps([program.run for program in programs]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=timeout,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
    )
    return [Outcome(tuple(kinds), message) for kinds, message in json.loads(done.stdout)]
