"""Pages, comments and the archive of one batch: what is written, and who gets nothing."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.batch.atomic_files import write_export
from grader.batch.errors import BatchError
from grader.course.system_errors import reason

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.batch.feedback.pages import Feedback
    from grader.batch.lms.feedback_archive import FeedbackArchive
    from grader.batch.outputs.final_rows import Kept
    from grader.course.phrases import Phrase

_DATE = (1980, 1, 1, 0, 0, 0)  # the same feedback makes the same archive


@dataclass
class HandedBack:
    """What was written.

    ``paths``: the page of each student, relative to the folder of the grades. ``archive``: the name
    of the zip, ``files`` how many are in it, ``steps`` how it is uploaded. ``without``: who gets no
    page, or no file in the zip, with a reason.
    """

    paths: dict[str, str] = field(default_factory=dict)
    archive: str = ""
    files: int = 0
    without: list[Kept] = field(default_factory=list)
    steps: Sequence[Phrase] = ()

    @property
    def pages(self) -> int:
        """How many students have a page."""
        return len(self.paths)

    def data(self) -> dict[str, object]:
        """Return it for programs."""
        return {
            "pages": self.pages,
            "archive": self.archive,
            "files": self.files,
            "without": [{"student": one.student, "reason": one.reason} for one in self.without],
        }


def hand_back(
    feedback: Sequence[Feedback],
    without: Sequence[Kept],
    out: Path,
    archive: FeedbackArchive | None,
    imported: str,
) -> HandedBack:
    """Write the pages into a folder, and the archive of a system, if it takes one.

    ``imported``: the name of the file of grades that goes with it.

    Raises:
        BatchError: something cannot be written.

    """
    done = HandedBack(without=list(without))
    for one in feedback:
        one.write()
        done.paths[one.student] = one.path
    if archive is None:
        return done
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in archive.files(feedback, done.without):
            file.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED)
            done.files += 1
    place = out / archive.writes
    if done.files:
        write_export(packed.getvalue(), place)
        done.archive, done.steps = archive.writes, archive.steps(imported)
    else:
        _remove(place)  # of an earlier run: it would give pages of then
    return done


def _remove(place: Path) -> None:
    """Remove a file, if it is there.

    Raises:
        BatchError: it cannot be removed.

    """
    try:
        place.unlink(missing_ok=True)
    except OSError as error:
        why = reason(error)
        raise BatchError("batch.not_written", file=str(place), detail=why) from None
