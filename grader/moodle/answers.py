"""What a site answers, as far as it is used: a model each, which ignores all other fields."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator


class Answer(BaseModel):
    """A part of an answer; a null is a field that is not there."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _without_nulls(cls, value: Any, info: Any) -> Any:
        field = cls.model_fields[info.field_name]
        return field.get_default(call_default_factory=True) if value is None else value


class Function(Answer):
    """A function that the token's service has."""

    name: str = ""


class SiteInfo(Answer):
    """The owner of the token, and what the token can do."""

    userid: int
    fullname: str = ""
    functions: list[Function] = Field(default_factory=list)


class Assignment(Answer):
    """An assignment; ``grade`` is its maximum, negative for a scale, 0 where nothing is graded.

    Times are seconds since 1970, 0 for none.
    """

    id: int
    cmid: int
    name: str = ""
    grade: int = 0
    duedate: int = 0
    teamsubmission: bool = False
    markingworkflow: bool = False
    blindmarking: bool = False
    revealidentities: bool = False

    @property
    def anonymous(self) -> bool:
        """Whether the teacher is not to know who is who."""
        return self.blindmarking and not self.revealidentities


class CourseOfAssignments(Answer):
    """A course with its assignments."""

    id: int
    fullname: str = ""
    assignments: list[Assignment] = Field(default_factory=list)


class Group(Answer):
    """A group of a course."""

    id: int
    name: str = ""


class Participant(Answer):
    """Somebody who can hand in; with teams also the group."""

    id: int
    fullname: str = ""
    groupid: int = 0
    groupname: str = ""


class EnrolledUser(Answer):
    """What the token's owner may know of somebody in a course."""

    id: int
    username: str = ""
    email: str = ""
    idnumber: str = ""
    lang: str = ""


class StoredFile(Answer):
    """A file that the site holds."""

    filename: str
    filepath: str = "/"
    filesize: int = 0
    fileurl: str = ""
    timemodified: int = 0


class FileArea(Answer):
    """Files of one purpose."""

    area: str = ""
    files: list[StoredFile] = Field(default_factory=list)


class EditorField(Answer):
    """A text that was typed on the site."""

    name: str = ""
    text: str = ""
    format: int = 1


class Plugin(Answer):
    """What one kind of submission or feedback holds."""

    type: str
    fileareas: list[FileArea] = Field(default_factory=list)
    editorfields: list[EditorField] = Field(default_factory=list)

    @property
    def files(self) -> list[StoredFile]:
        """The files of all areas."""
        return [file for area in self.fileareas for file in area.files]


class Submission(Answer):
    """The last attempt of a student, or with ``userid`` 0 of a group; attempts count from 0."""

    id: int
    userid: int = 0
    groupid: int = 0
    attemptnumber: int = 0
    timemodified: int = 0
    status: str = ""
    plugins: list[Plugin] = Field(default_factory=list)


class StoredGrade(Answer):
    """A grade that the site holds; negative: none was given."""

    userid: int
    attemptnumber: int = 0
    timemodified: int = 0
    grade: Decimal = Decimal(-1)

    @field_validator("grade", mode="before")
    @classmethod
    def _number(cls, value: Any) -> Any:
        return Decimal(-1) if value in {None, ""} else value


class UserFlags(Answer):
    """What holds for one student in an assignment."""

    userid: int
    locked: bool = False
    extensionduedate: int = 0
    workflowstate: str = ""


class Feedback(Answer):
    """The feedback that a student has."""

    plugins: list[Plugin] = Field(default_factory=list)
