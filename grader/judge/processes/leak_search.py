"""Search for answers from inside a student process, by walking folders and by exact paths."""

from __future__ import annotations

import inspect
import os
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from grader.course.models import ExerciseLimits
from grader.judge.failures import Finding, SystemFaultError
from grader.judge.processes.interpreter import PACKAGE
from grader.judge.processes.outcomes import Returned
from grader.judge.processes.readable import search
from grader.judge.processes.sandboxed_program import FunctionCall, ProgramSource, SandboxedProgram
from grader.wire.levels import FULL, OWN_CODE_ONLY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.judge.processes.readable import Offer
    from grader.judge.processes.student_processes import ProcessFactory

LIMITS = ExerciseLimits(
    cpu_seconds=60, load_seconds=60, budget_seconds=60
)  # the folders of torch are walked in a second
MOST_SHOWN = 20

_LOOKING = """
def look(tops, paths):
    found = [top for top in find_foreign(tops, ()) if can_be_opened(top)]
    return found + [path for path in paths if can_be_opened(path)]


def can_be_opened(path):
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError:
        return False
    return True
"""


@dataclass(frozen=True)
class Found:
    """The paths tried from inside, and those of them that could be opened."""

    tried: int
    opened: tuple[str, ...]


def look_inside(factory: ProcessFactory, offer: Offer, roots: Iterable[Path]) -> Found:
    """Have a student process search for these courses, and for any other.

    ``offer``: what the processes may read.

    Raises:
        SystemFaultError: the search could not run.

    """
    level = int(factory.hello["isolation"]["level"])
    secrets = sorted({str(path) for path in _secrets(roots)})
    source = f"{inspect.getsource(search)}\n{_LOOKING}"
    program = SandboxedProgram(factory, ProgramSource("look.py", source, {"look": 2}), LIMITS)
    try:
        outcome = program.call(FunctionCall("call", "look", (_tops(level, offer), secrets), {}))
    finally:
        program.end()
    if not isinstance(outcome, Returned) or not isinstance(outcome.value, list):
        raise SystemFaultError(Finding("system.nursery"), str(outcome))
    return Found(len(secrets), tuple(map(str, outcome.value[:MOST_SHOWN])))


def _tops(level: int, offer: Offer) -> list[str]:
    """Return the folders to walk: all visible ones where a process sees only few."""
    if level == FULL:
        return [os.sep]
    if level == OWN_CODE_ONLY:  # there is nothing to prove
        return []
    # A folder that is granted in parts cannot be listed, but its parts can.
    return [*offer.folders, *sys.path, "/usr/lib", "/usr/local/lib"]


def _secrets(roots: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that no submission may open."""
    for root in roots:
        for part in search.PARTS:
            yield from (path for path in (root / part).rglob("*") if path.is_file())
    yield from (path for path in PACKAGE.rglob("*.py"))
    for installed in metadata.distributions(name="nn-grader"):
        yield from (Path(str(file.locate())) for file in installed.files or () if _tells(file))


def _tells(file: metadata.PackagePath) -> bool:
    return file.parent.name.endswith(".dist-info") or file.suffix == ".pth"
