"""Moodle, "Upload multiple feedback files in a zip": ``Name_123456_assignfeedback_file/…``.

Moodle reads the number alone: that of ``Participant 123456`` in this assignment, or of the group
where teams hand in, of which every member gets the file. The name in front must have no underscore
and begin with neither dot nor tilde; what does not fit is passed over in silence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.batch.lms.feedback_archive import FeedbackArchive
from grader.batch.names import cleaned_name
from grader.batch.outputs import worksheet
from grader.batch.outputs.final_rows import Kept
from grader.batch.outputs.template import Template
from grader.batch.roster import read_group, read_participant
from grader.course.phrases import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.batch.feedback.pages import Feedback
    from grader.batch.lms.export import ExportTask
    from grader.batch.lms.ownership import Owner
    from grader.course.phrases import Phrase

_FILE = "feedback.html"
_UNFIT = re.compile(r"""[\0-\x1f\x7f"'`|:\\/&<>*?_\ud800-\udfff]+""")
_NAME = 60  # characters


class MoodleFeedback(FeedbackArchive):
    """A folder for each participant, or for each team."""

    writes = "moodle-feedback.zip"

    def __init__(self, task: ExportTask, lang: str) -> None:
        """Read the worksheet.

        Raises:
            BatchError: it cannot be read.
            ValueError: the task has no template.

        """
        super().__init__(task, lang)
        if task.template is None:
            raise ValueError("Moodle's worksheet is missing")
        self._sheet = Template(task.template, listed=task.listed)
        self._status = self._sheet.column(worksheet.titles("status"))

    def files(
        self, feedback: Sequence[Feedback], without: list[Kept], /
    ) -> Iterator[tuple[str, bytes]]:
        """Yield the files of participants, then those of teams."""
        teams: dict[str, list[tuple[Feedback, Owner]]] = {}
        for one, place in self._placed(feedback, without):
            line = self._sheet.lines[place]
            participant = read_participant(self._sheet.table.header, line)
            group = read_group(self._sheet.table.header, line)
            owner = one.handed[-1].owner
            numbers = {handed.owner and handed.owner.number for handed in one.handed}
            if self._state(line) in worksheet.UNFINISHED:
                without.append(Kept(one.name or one.student, "unfinished"))
            elif not participant or len(numbers) > 1:
                without.append(Kept(one.name or one.student, "not_theirs"))
            elif group:
                if owner is not None and _is_of(owner, group):
                    teams.setdefault(owner.number, []).append((one, owner))
                else:
                    without.append(Kept(one.name or one.student, "team_number"))
            elif owner is not None and owner.passing and owner.number != participant:
                without.append(Kept(one.name or one.student, "not_theirs"))
            else:
                yield _entry(one.name, participant), one.page()
        for number, members in teams.items():
            langs = {one.lang for one, _ in members}
            lang = langs.pop() if len(langs) == 1 else self.lang
            page, *others = {one.page(lang) for one, _ in members}
            if others:  # a decision about one member is not for the others to read
                without += [Kept(one.name or one.student, "team_differs") for one, _ in members]
            else:
                yield _entry(members[0][1].name, number), page

    def _placed(
        self, feedback: Sequence[Feedback], without: list[Kept]
    ) -> Iterator[tuple[Feedback, int]]:
        """Yield the students with the only line that is theirs; the others are listed."""
        places = {one.student: self._sheet.places(one.student, one.name) for one in feedback}
        claimed = [place for found in places.values() if len(found) == 1 for place in found]
        for one in feedback:
            found = places[one.student]
            if len(found) == 1 and claimed.count(next(iter(found))) == 1:
                yield one, next(iter(found))
            else:
                without.append(Kept(one.name or one.student, "ambiguous" if found else "no_line"))

    def _state(self, line: list[str]) -> str:
        return "" if self._status is None else worksheet.state(line[self._status])

    @classmethod
    def steps(cls, imported: str, /) -> Sequence[Phrase]:
        """Return the order of the two uploads."""
        return (
            phrase(
                "Upload two files in Moodle, in this order: first {{grades}} (Upload grading "
                "worksheet), then {{feedback}} (Upload multiple feedback files in a zip).",
                grades=imported,
                feedback=cls.writes,
            ),
            phrase("The other way round Moodle passes over every grade, and says nothing of it."),
        )


def _is_of(owner: Owner, group: str) -> bool:
    """Return True if a download's folder is that of a group."""
    return bool(owner.number) and owner.passing and cleaned_name(owner.name) == cleaned_name(group)


def _entry(name: str, number: str) -> str:
    """Return the path of a file in the zip."""
    shown = " ".join(_UNFIT.sub(" ", name).split()).lstrip(".~ ")[:_NAME].strip()
    return f"{shown or 'Participant'}_{number}_assignfeedback_file/{_FILE}"
