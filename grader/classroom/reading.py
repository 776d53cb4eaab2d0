"""Reading a ``class.yaml``: what it says becomes the rules of each exercise."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from grader.classroom.errors import ClassFileError
from grader.classroom.models import ClassSpec, RulesSpec
from grader.classroom.rules import ClassRules, ExerciseRules
from grader.classroom.values import NONE, UNLIMITED
from grader.course.errors import CourseError
from grader.course.phrases import Phrase, phrase
from grader.course.yaml_files import TextLoader, parse_yaml, read_text, validated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NO_DEADLINE = phrase("more time is given, and there is no deadline")
_ADD_DEADLINE = phrase("add the deadline, or take this out")


def read_class(path: Path) -> ClassRules:
    """Return the rules of a file.

    Raises:
        ClassFileError: it cannot be read, or says what cannot be meant; the first such place.

    """
    try:
        data = parse_yaml(read_text(path), path, loader=TextLoader)
        spec = validated(ClassSpec, {} if data is None else data, path)
    except CourseError as error:
        place = error.field if error.line is None else ""
        raise ClassFileError(path, place, error.what, _advice(error), line=error.line) from None
    zone = None if spec.timezone is None else ZoneInfo(spec.timezone)
    whole = _Section(path, "", zone).rules(spec, ExerciseRules(), {})
    exercises = {
        name: _Section(path, f"exercises.{name}", zone).rules(own, whole, spec.extensions or {})
        for name, own in spec.exercises.items()
    }
    if spec.extensions and not any(one.deadline for one in (whole, *exercises.values())):
        raise ClassFileError(path, "extensions", _NO_DEADLINE, _ADD_DEADLINE)
    return ClassRules(path, whole, exercises)


def refuse_unknown_exercises(rules: ClassRules, known: Callable[[str], bool]) -> None:
    """Refuse rules for an exercise that is not known.

    Raises:
        ClassFileError: there are some.

    """
    for name in rules.exercises:
        if not known(name):
            what = phrase("the course has no such exercise")
            raise ClassFileError(rules.file, f"exercises.{name}", what, phrase("correct its name"))


def _advice(error: CourseError) -> Phrase | str:
    """Return the advice of an error; for a missing file another one than an author's."""
    missing = isinstance(error.what, Phrase) and error.what.message == "there is no such file"
    return phrase("check its path") if missing else error.advice


class _Section:
    """One section of the file: it adds to the rules of the class what it says itself."""

    def __init__(self, path: Path, place: str, zone: ZoneInfo | None) -> None:
        self._path = path
        self._place = place
        self._zone = zone

    def rules(
        self,
        spec: RulesSpec,
        whole: ExerciseRules,
        inherited: Mapping[str, dt.datetime | dt.timedelta],
    ) -> ExerciseRules:
        """Return the rules: what the section says, and of the whole class where it is silent.

        ``inherited``: the extensions of the whole class, which here start from another deadline.
        """
        simple = {
            name: value
            for name in ("counts", "grace", "penalty", "of", "cap", "pause")
            if (value := getattr(spec, name)) is not None
        }
        rules = replace(whole, **simple)
        if spec.deadline is not None:
            rules = replace(rules, deadline=self._deadline(spec.deadline))
        if spec.attempts is not None:
            attempts = None if spec.attempts == UNLIMITED else int(spec.attempts)
            rules = replace(rules, attempts=attempts)
        if spec.teams is not None:
            rules = replace(rules, teams=self._teams(spec.teams))
        return replace(rules, extensions=self._extensions(spec, rules.deadline, inherited))

    def _deadline(self, deadline: dt.datetime | str) -> dt.datetime | None:
        if isinstance(deadline, str):
            assert deadline == NONE  # noqa: S101 - the model allows no other text
            return None
        return self._in_zone(deadline, "deadline")

    def _in_zone(self, moment: dt.datetime, field: str) -> dt.datetime:
        """Return a time with the zone of the file, whose clock tells when its days end."""
        if moment.tzinfo is None and self._zone is None:
            raise self._error(
                field,
                phrase("{{text}} has no time zone", text=f"{moment:%Y-%m-%d %H:%M}"),
                phrase(
                    "add the line {{line}}, or an offset: {{example}}",
                    line="timezone: Europe/Paris",
                    example=f"{moment:%Y-%m-%d %H:%M}+01:00",
                ),
            )
        if moment.tzinfo is None:
            return moment.replace(tzinfo=self._zone)
        return moment if self._zone is None else moment.astimezone(self._zone)

    def _extensions(
        self,
        spec: RulesSpec,
        deadline: dt.datetime | None,
        inherited: Mapping[str, dt.datetime | dt.timedelta],
    ) -> dict[str, dt.datetime]:
        own = spec.extensions or {}
        if deadline is None:
            if own and self._place:
                raise self._error("extensions", _NO_DEADLINE, _ADD_DEADLINE)
            return {}
        given = {student: self._until(student, one, deadline) for student, one in inherited.items()}
        for student, extension in own.items():
            given[student] = self._until(student, extension, deadline)
            if given[student] < deadline:
                what = phrase("this is before the deadline")
                raise self._error(f"extensions.{student}", what, phrase("correct it"))
        return {student: max(until, deadline) for student, until in given.items()}

    def _until(
        self, student: str, extension: dt.datetime | dt.timedelta, deadline: dt.datetime
    ) -> dt.datetime:
        """Return a deadline put off: whole days end at the same time of day.

        Days are counted by the clock of the deadline's zone, hours and minutes are lengths of time.
        """
        field = f"extensions.{student}"
        if isinstance(extension, dt.datetime):
            return self._in_zone(extension, field)
        days = dt.timedelta(days=extension.days)
        try:
            until = (deadline + days).astimezone(dt.UTC) + (extension - days)
            return until.astimezone(deadline.tzinfo)
        except OverflowError:
            what = phrase("this is beyond every calendar")
            raise self._error(field, what, phrase("correct it")) from None

    def _teams(self, teams: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for team, members in teams.items():
            if not members:
                what = phrase("nobody is in this team")
                raise self._error(f"teams.{team}", what, phrase("name its members, or take it out"))
        counted = Counter(member for members in teams.values() for member in members)
        for member, times in counted.items():
            if times > 1:
                raise self._error("teams", twice_in_teams(member), phrase("take one of them out"))
        return teams

    def _error(self, field: str, what: Phrase, advice: Phrase) -> ClassFileError:
        place = f"{self._place}.{field}" if self._place else field
        return ClassFileError(self._path, place, what, advice)


def twice_in_teams(member: str) -> Phrase:
    """Return the sentence about a student who is in teams more than once."""
    return phrase("{{student}} is in the teams more than once", student=member)
