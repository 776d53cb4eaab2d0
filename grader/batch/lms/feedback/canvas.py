"""Canvas, "Upload Submissions": files under the names of its own download, as comments.

Canvas reads the first two numbers between underscores, those of the user and of the file that was
handed in, and shows what it gets under the name of that file.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from grader.batch.lms.downloads.canvas import download_prefix
from grader.batch.lms.feedback_archive import FeedbackArchive
from grader.batch.outputs.final_rows import Kept
from grader.course.phrases import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.batch.feedback.pages import Feedback
    from grader.course.phrases import Phrase

_NUMBERS = 2  # that Canvas reads
_UNFIT = re.compile(r"[^\w.-]+")


class CanvasFeedback(FeedbackArchive):
    """A file for each student, named after the one that was handed in last."""

    writes = "canvas-feedback.zip"

    def files(
        self, feedback: Sequence[Feedback], without: list[Kept], /
    ) -> Iterator[tuple[str, bytes]]:
        """Yield a file of each student whose file Canvas has named."""
        taken = set()
        for one in feedback:
            names = (_entry(handed.file) for handed in reversed(one.handed))
            name = next(filter(None, names), "")
            if not name or name in taken:
                without.append(Kept(one.name or one.student, "no_name"))
                continue
            taken.add(name)
            yield name, one.page()

    @classmethod
    def steps(cls, imported: str, /) -> Sequence[Phrase]:
        """Return where the zip goes, and under which name students see the files."""
        return (
            phrase(
                "Import {{grades}} in Canvas's gradebook, and upload {{feedback}} in the "
                "assignment (Upload Submissions): each student gets the page as a comment.",
                grades=imported,
                feedback=cls.writes,
            ),
            phrase(
                "Canvas may show the page under the name of the file that was handed in: it opens "
                "in a browser once its name ends in .html."
            ),
        )


def _entry(path: str) -> str:
    """Return the name of a file of feedback; empty where Canvas would not know whose it is."""
    for part in PurePosixPath(path).parts:
        found = download_prefix(part)
        if found is None:
            continue
        prefix, user, attachment, given = found
        stem = _UNFIT.sub("-", PurePosixPath(given).stem).replace("_", "-").strip("-.")
        # In front, since Canvas takes names that go on with `link` for web addresses.
        name = f"{prefix}feedback-{stem or 'answer'}.html"
        numbers = [piece for piece in name.split("_") if re.fullmatch(r"[0-9]+", piece)]
        return name if numbers[:_NUMBERS] == [user, attachment] else ""
    return ""
