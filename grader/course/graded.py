"""The last results in a folder, so that ``grade`` processes only what has changed since."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

GRADED = ".grader-graded.json"


@dataclass(frozen=True)
class GradedFile:
    """The result of one exercise, and its inputs: hashes of the answer and the checks."""

    file: str
    submission_hash: str
    grading_hash: str
    reached: float
    reachable: float
    passed: bool


def remembered(folder: Path) -> dict[str, GradedFile]:
    """Return the results stored in a folder, by exercise; empty if there are none."""
    try:
        kept = json.loads((folder / GRADED).read_text(encoding="utf-8"))
        return {str(id_): GradedFile(**result) for id_, result in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):  # missing, or edited by hand
        return {}


def remember(folder: Path, results: Mapping[str, GradedFile]) -> None:
    """Add results to those of a folder; does nothing if it cannot be written."""
    if not results:
        return
    kept = {**remembered(folder), **results}
    text = json.dumps({id_: asdict(result) for id_, result in sorted(kept.items())}, indent=1)
    temporary = folder / f"{GRADED}.{os.getpid()}"
    with contextlib.suppress(OSError):
        try:
            temporary.write_text(f"{text}\n", encoding="utf-8")
            temporary.replace(folder / GRADED)
        finally:
            temporary.unlink(missing_ok=True)
