"""Quotas: a flood of files, or a zip bomb, costs its owner and not the class.

Of each student 1,000 files are considered; the others are listed. A class may have 100,000 of
these, and the graded files may unpack to 8 GiB, but above 256 MiB to at most 250 times the size of
the zip; there each student counts for one notebook at most.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from grader.batch.errors import BatchError
from grader.batch.models import Unmatched
from grader.gradebook.errors import ID_LIMIT
from grader.judge.reading.submission import ANSWERS, MEBIBYTE, NOTEBOOK_LIMIT

if TYPE_CHECKING:
    from pathlib import Path

    from grader.batch.lms.ownership import OwnedFile
    from grader.batch.models import MatchedFile

# A larger class or flood is refused or listed; each file costs a look at its name at least.
STUDENT, CLASS = 1_000, 100_000
# Bytes, and a ratio: see the head. Deflate compresses at most about 1000 to 1.
_TOTAL = 8 * 2**30
_RATIO, _RATIO_FROM = 250, 256 * MEBIBYTE


def refuse_long_ids(owned: list[OwnedFile]) -> list[OwnedFile]:
    """Return the files; refused are those whose owner's id is too long for a gradebook."""
    return [
        replace(one, refused=one.refused or "batch.long_student")
        if one.owner is not None and one.owner.longest > ID_LIMIT
        else one
        for one in owned
    ]


def cap_files_per_student(
    owned: list[OwnedFile], source: Path
) -> tuple[list[OwnedFile], list[Unmatched]]:
    """Return the files to consider, and those beyond a student's quota.

    Raises:
        BatchError: the class has too many nevertheless.

    """
    of: dict[object, list[OwnedFile]] = defaultdict(list)
    for one in owned:
        # Files that may be another student's do not use up the owner's quota.
        of[one.owner and (one.owner.key, one.refused)].append(one)
    kept, surplus = of.pop(None, []), dict[Unmatched, None]()
    for files in of.values():
        if len(files) > STUDENT:
            files.sort(key=_promise)
        kept += files[:STUDENT]
        for one in files[STUDENT:]:
            surplus[Unmatched(one.entry.path, "batch.too_many_files")] = None
    if len(kept) > CLASS:
        raise BatchError("batch.too_many", file=str(source), limit=CLASS)
    return kept, list(surplus)


def _promise(one: OwnedFile) -> tuple[bool, int, tuple[str, ...]]:
    """Return the sort key that puts the files first that look most like answers."""
    return not one.given[-1].lower().endswith(ANSWERS), len(one.given), one.given


def refuse_bomb(handed: list[MatchedFile], source: Path) -> None:
    """Refuse an archive that unpacks to far more than a class would hand in.

    Raises:
        BatchError: it does.

    """
    of: Counter[str] = Counter()
    for one in handed:
        of[one.student] += one.weight
    unpacked = sum(min(weight, NOTEBOOK_LIMIT * MEBIBYTE) for weight in of.values())
    if unpacked > _TOTAL or (unpacked > _RATIO_FROM and unpacked > _RATIO * source.stat().st_size):
        megabytes = unpacked // MEBIBYTE
        raise BatchError("batch.archive_bomb", file=str(source), megabytes=megabytes)
