"""Moodle by its web services: the grades and the feedback that ``grader moodle push`` writes.

The template is the list of what was fetched: it knows each person by the site's own number.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from grader.batch.atomic_files import write_export
from grader.batch.errors import BatchError, LmsError
from grader.batch.lms.downloads.moodle_web import owner_of
from grader.batch.lms.export import Export, ExportTask
from grader.batch.names import printable, same_id
from grader.batch.outputs.final_rows import ExportResult, Kept, latest_attempts, validated_rows
from grader.batch.outputs.grade_cells import changes, falls
from grader.batch.outputs.rules import Rules, asks_for_part, awarded, check_maximum
from grader.batch.outputs.template import agree
from grader.course.languages import msgid
from grader.course.phrases import phrases
from grader.course.system_errors import reason
from grader.moodle.grade_sheet import SHEET, GradeEntry, GradeSheet
from grader.moodle.manifest import parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from grader.batch.models import GradeRow
    from grader.course.phrases import Phrase
    from grader.gradebook.policy import Grade
    from grader.moodle.manifest import Manifest, Person

_NO_LIST = msgid(
    "{{file}} is not the list that `grader moodle fetch` writes (moodle.json, beside the files), "
    "or the fetch has not come to its end."
)
_NO_POINTS = msgid(
    "The assignment of {{file}} is not graded by points. Set it to points in Moodle and fetch it "
    "once more."
)


class MoodleWebExport(Export):
    """A grade for each person or team, by the numbers of the site."""

    title = "Moodle (web services)"
    writes = SHEET
    template = "required"
    comments = True
    tabular = False

    def __init__(self, task: ExportTask, rules: Rules) -> None:
        """Read what was fetched.

        Raises:
            BatchError: it cannot be read, is incomplete, or its maximum differs.
            ValueError: the task has no template.

        """
        super().__init__(task, rules)
        if task.template is None:
            raise ValueError("the list of what was fetched is missing")
        self._manifest = _manifest(task.template)
        maximum = self._manifest.assignment.maximum
        if maximum is None:
            raise LmsError("batch.template_scale", _NO_POINTS, file=str(task.template))
        self._maximum = Decimal(maximum)
        worths = task.worths.values()
        check_maximum(str(task.template), str(maximum), self._maximum, worths, rules)
        self._by_id: dict[str, set[int]] = defaultdict(set)
        self._people = {person.id: person for person in self._manifest.people}
        for person in self._manifest.people:
            for id_ in owner_of(person).ids:
                self._by_id[same_id(printable(id_)).casefold()].add(person.id)

    def refuse_strangers(self, students: Mapping[str, str]) -> None:
        """Raise BatchError where none of the students, names by id, is among the people."""
        if not any(self._person(student, name) for student, name in students.items()):
            raise BatchError("batch.template_nobody", file=str(self.task.template))

    def write(self, rows: Iterable[GradeRow], grades: Iterable[Grade], out: Path) -> ExportResult:
        """Write moodle_web.json.

        Raises:
            BatchError: points are invalid, or the file cannot be written.

        """
        part = asks_for_part(self.task.worths.values(), self._maximum)
        asked = frozenset(self.task.worths) if part else frozenset()
        written = ExportResult("moodle_web", changed=0, part=asked)
        entries: list[GradeEntry] = []
        for person, own in self._by_person(validated_rows(latest_attempts(rows, grades)), written):
            points = self._points(person, own, written, part=part)
            if points is not None:
                student = next(iter(own.values())).student
                entries.append(self._entry(person, student, points))
        sheet = GradeSheet(
            site=self._manifest.site,
            assignment=self._manifest.assignment.id,
            grades=tuple(self._by_team(entries, out)),
        )
        written.grades = len(entries)
        write_export(sheet.model_dump_json(indent=1).encode(), out / SHEET)
        return written

    def _by_person(
        self, rows: Sequence[GradeRow], written: ExportResult
    ) -> list[tuple[Person, dict[str, GradeRow]]]:
        """Return the rows of each person by exercise; who is not known for sure is listed."""
        students: dict[str, dict[str, GradeRow]] = defaultdict(dict)
        for row in rows:
            students[row.student][row.exercise] = row
        found: dict[int, list[dict[str, GradeRow]]] = defaultdict(list)
        for student, own in students.items():
            first = next(iter(own.values()))
            person = self._person(student, first.name)
            if person is not None:
                found[person.id].append(own)
            elif any(row.status != "missing" for row in own.values()):
                written.keep("stranger", first.name or student)
        result = []
        for number, several in found.items():
            if len(several) > 1:
                written.keep("ambiguous", self._people[number].name)
            else:
                result.append((self._people[number], several[0]))
        return result

    def _person(self, student: str, name: str) -> Person | None:
        """Return who a student of the batch is at the site: by the files, else by id and name."""
        owner = self.task.owners.get(student)
        ids = () if owner is None else owner.ids
        for person in self._manifest.people:
            if person.own_id in ids:
                return person
        numbers = self._by_id.get(same_id(student).casefold(), set())
        if len(numbers) != 1:
            return None
        person = self._people[next(iter(numbers))]
        return person if not name or not person.name or agree(person.name, name) else None

    def _points(
        self, person: Person, own: Mapping[str, GradeRow], written: ExportResult, *, part: bool
    ) -> Decimal | None:
        """Return the grade of a person; None: there is none, and the person is listed."""
        name = person.name or person.own_id
        award = awarded(own, self.task.worths, self.rules, self._state(person), part=part)
        if isinstance(award, str):
            written.keep(award, name)
            return None
        points = award.scaled(self._maximum) if self.rules.scale else award.points
        old = next((one.points for one in self._manifest.grades if one.user == person.id), None)
        if points > self._maximum or (falls(old, points) and not self.rules.allow_lower):
            why = "over" if points > self._maximum else "lower"
            written.kept.append(Kept(name, why, old, points))
            return None
        written.changed = (written.changed or 0) + changes(old, points)
        return points

    def _state(self, person: Person) -> str:
        """Return the state of what a person has handed in, as a worksheet's."""
        submission = self._manifest.submission_of(person)
        if submission is not None and submission.status in {"draft", "reopened", "submitted"}:
            return submission.status
        now = dt.datetime.fromisoformat(self._manifest.fetched_at).timestamp()
        return "extension" if person.extension > now else ""

    def _entry(self, person: Person, student: str, points: Decimal) -> GradeEntry:
        submission = self._manifest.submission_of(person)
        return GradeEntry(
            user=person.id,
            name=person.name or person.own_id,
            attempt=0 if submission is None else submission.attempt,
            points=points,
            comment=self.comments_by_student.get(student) or None,
            page=self.pages_by_student.get(student),
        )

    def _by_team(self, entries: Sequence[GradeEntry], out: Path) -> list[GradeEntry]:
        """Return one entry for a team whose members all get the same, else one for each member."""
        teams: dict[int, list[GradeEntry]] = defaultdict(list)
        result = []
        for entry in entries:
            team = self._people[entry.user].team if self._manifest.assignment.team else 0
            teams[team].append(entry)
        for team, members in teams.items():
            everybody = {one.id for one in self._manifest.people if one.team == team}
            given = {(one.attempt, one.points, one.comment, _bytes(out, one)) for one in members}
            if team and len(given) == 1 and {one.user for one in members} == everybody:
                numbers = tuple(sorted(everybody))
                name = self._manifest.teams.get(team) or members[0].name
                result.append(members[0].model_copy(update={"members": numbers, "name": name}))
            else:
                result += members
        return result

    @classmethod
    def preview(cls, changed: int, /) -> Sequence[Phrase]:
        """Return how many grades would change, and which command writes them."""
        return (
            phrases(
                "`grader moodle push` would change {{n}} grade. With --dry-run it only says whose.",
                "`grader moodle push` would change {{n}} grades. With --dry-run it only says "
                "whose.",
                changed,
            ),
        )


def _manifest(template: Path) -> Manifest:
    """Read what was fetched.

    Raises:
        BatchError: it cannot be read, or is not complete.

    """
    try:
        manifest = parsed(template.read_bytes())
    except OSError as error:
        why = reason(error)
        raise BatchError("batch.table_missing", file=str(template), detail=why) from None
    if manifest is None or not manifest.complete:
        raise LmsError("batch.metadata", _NO_LIST, file=str(template))
    return manifest


def _bytes(out: Path, entry: GradeEntry) -> bytes | None:
    """Return the page of an entry; None: there is none."""
    try:
        return None if entry.page is None else (out / entry.page).read_bytes()
    except OSError:
        return None
