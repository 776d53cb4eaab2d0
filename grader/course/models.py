"""The structure of a course: what authors write in YAML, validated field by field."""

from __future__ import annotations

import math
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    field_validator,
    model_validator,
)

from grader.course.allowed_names import GROUPS
from grader.course.devices import Device
from grader.course.installed import NUMPY_ALONE
from grader.course.languages import msgid
from grader.course.pydantic_errors import reject_value
from grader.questions.forms import Compare
from grader.questions.kind import QuestionKind
from grader.questions.registry import kind_of

Kind = Literal["code", "quiz", "lines"]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
ExerciseId = Annotated[str, StringConstraints(pattern=r"^ex[0-9]{2,3}$")]
UsableName = Annotated[
    str, StringConstraints(pattern=r"^\.?[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*(\.\*)?$")
]
PythonName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


class Strict(BaseModel):
    """A model in which an unknown field is an error: a typo must not go unnoticed."""

    # Building costs as much as importing pydantic, and most commands use few of the models.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class ExerciseLimits(Strict):
    """What a student process may use."""

    cpu_seconds: float = Field(2.0, gt=0, le=600, description="CPU seconds for one check")
    load_seconds: float = Field(5.0, gt=0, le=600, description="CPU seconds for importing it")
    budget_seconds: float = Field(
        10.0,
        gt=0,
        le=3600,
        description="CPU seconds for one submission; a second asleep counts 0.45",
    )
    memory_mb: int = Field(2048, ge=64, le=65536, description="MiB beyond the warm process")
    reply_mb: int = Field(16, ge=1, le=512, description="MiB in one reply")
    callbacks: int = Field(20_000, ge=1, description="calls of a function argument in one check")
    items: int = Field(10_000, ge=1, description="items drained from a generator")


class Tolerance(Strict):
    """How close is right: |got - expected| <= rtol*|expected| + c*eps(dtype of got)*scale."""

    rtol: float = Field(1e-6, ge=0, lt=1)
    c: float = Field(32.0, ge=0)
    row_l2: float | None = Field(None, gt=0, lt=1, description="relative L2 error by row")


class Check(Strict):
    """One pytest test function of the exercise, worth points."""

    points: int = Field(1, ge=1, le=100)
    devices: tuple[Device, ...] | None = Field(
        None, description="devices on which the check means something; all when absent"
    )
    on_trust: bool = Field(
        default=False, description="whether only the student's process can say how it went"
    )


def _check_from_points(value: Any) -> Any:
    return {"points": value} if isinstance(value, int) else value


class MisconceptionSpec(Strict):
    """A misconception of a code exercise, and where it can be shown."""

    id: Identifier
    devices: tuple[Device, ...] | None = None
    calls: PythonName | None = Field(
        None, description="named only where the submission calls this function by its bare name"
    )


class Alike(Strict):
    """Misconceptions that some inputs cannot tell apart, and the sentence that is true of all."""

    id: Identifier
    of: tuple[Identifier, ...] = Field(min_length=2)


def _from_id(value: Any) -> Any:
    return {"id": value} if isinstance(value, str) else value


def _names_from_one(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


class Question(Strict):
    """One question of a quiz or lines exercise: structure only, the prose is in i18n/."""

    id: Identifier
    kind: QuestionKind
    points: int = Field(1, ge=1, le=100)
    choices: tuple[Identifier, ...] = Field(
        (), description="single, multiple, ordering: the choices; matching: the right-hand side"
    )
    items: tuple[Identifier, ...] = Field((), description="matching: the left-hand side")
    listing: str | None = Field(None, description="lines: the listing file the question is about")
    gaps: tuple[Identifier, ...] = Field((), description="cloze: the gaps, `{{gap}}` in its text")
    compare: Compare = Field(
        "words", description="cloze, short_text: whether what is typed is words or code"
    )
    max_lines: int | None = Field(
        None, ge=1, le=100, description="free_text: lines that the student is asked to keep to"
    )

    @model_validator(mode="after")
    def _structure_fits_kind(self) -> Question:
        kind_of(self.kind).require_structure(self)
        for ids in (self.choices, self.items, self.gaps):
            if len(set(ids)) != len(ids):
                reject_value(msgid("choices, items and gaps must be unique"))
        return self


class DeclaredPicture(Strict):
    """A picture that ``pictures.py`` of the exercise makes, by a function of this name."""

    id: Identifier
    check: tuple[str, ...] = Field(
        (),
        description="the shown check of whose call it is made, or several; "
        "of the task itself without one",
    )

    @field_validator("check", mode="before", json_schema_input_type=str | tuple[str, ...])
    @classmethod
    def _one_is_a_list(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value


class _Exercise(Strict):
    format: Literal[1] = 1
    id: ExerciseId
    slug: Identifier
    section: Identifier
    minutes: int | None = Field(
        None, ge=1, le=600, description="how long students take, who know what it builds on"
    )
    prerequisites: tuple[ExerciseId, ...] = Field(
        (), description="exercises of this course, earlier in it, that this one builds on"
    )
    pictures: tuple[
        Annotated[
            DeclaredPicture,
            BeforeValidator(_from_id, json_schema_input_type=DeclaredPicture | Identifier),
        ],
        ...,
    ] = Field((), description="what pictures.py makes: of the task, or of the call of a check")

    @property
    def name(self) -> str:
        """Folder and file stem, for instance ``ex11_softmax``."""
        return f"{self.id}_{self.slug}"


Axis = Literal["row", "column", "sample", "class"]


class CodeExercise(_Exercise):
    """An exercise answered with Python code."""

    kind: Literal["code"]
    functions: dict[PythonName, tuple[PythonName, ...]] = Field(
        min_length=1, description="what the submission defines: name -> positional parameters"
    )
    axes: tuple[Axis, ...] = Field(
        (), description="what the last axes of a result are: row and class of softmax(x), say"
    )
    libraries: tuple[Literal["numpy", "torch"], ...] = NUMPY_ALONE
    devices: tuple[Device, ...] = ("cpu",)
    optimisers: bool = Field(
        default=False,
        description="answers build optimisers of torch: what these load is loaded before",
    )
    checks: dict[
        Annotated[str, StringConstraints(pattern=r"^test_[a-z0-9_]+$")],
        Annotated[Check, BeforeValidator(_check_from_points, json_schema_input_type=Check | int)],
    ] = Field(min_length=1)
    limits: ExerciseLimits = ExerciseLimits()
    tolerance: Tolerance = Tolerance()
    allowed: tuple[UsableName, ...] | None = Field(
        None,
        description=(
            "what of libraries may be used: names (numpy.exp), methods (.sum), modules "
            "(numpy.random.*) and groups (numpy_arrays); all when absent"
        ),
    )
    forbidden: tuple[UsableName, ...] = Field(
        (), description="names that may not be used although a group allows them"
    )
    own_implementation: Annotated[
        tuple[str, ...],
        BeforeValidator(_names_from_one, json_schema_input_type=tuple[str, ...] | str),
    ] = Field((), description="the checks whose points rest on one's own work; all when absent")
    misconceptions: tuple[
        Annotated[
            MisconceptionSpec,
            BeforeValidator(_from_id, json_schema_input_type=MisconceptionSpec | Identifier),
        ],
        ...,
    ] = ()
    alike: tuple[Alike, ...] = Field(
        (), description="what is told where nothing decides between several misconceptions"
    )
    observations: tuple[Identifier, ...] = Field(
        (),
        description="facts about a wrong result, told where no misconception fits; tried in order",
    )
    remarks: tuple[Identifier, ...] = ()
    given: tuple[str, ...] = Field((), description="files of given/ that the student may import")
    data: tuple[Identifier, ...] = Field(
        (), description="collections of exercises/data/ from which the checks draw"
    )

    @field_validator("given")
    @classmethod
    def _plain_names(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if PurePosixPath(name).name != name or not name.endswith(".py"):
                reject_value(
                    msgid("{{name}} is not the plain name of a Python file"), name=repr(name)
                )
        return names

    @field_validator("allowed", "forbidden")
    @classmethod
    def _known_groups(cls, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        for name in names or ():
            if "." not in name and name not in GROUPS:
                reject_value(
                    msgid("{{name}} is no group: write a dotted name, or one of {{groups}}"),
                    name=repr(name),
                    groups=", ".join(GROUPS),
                )
        return names

    @model_validator(mode="after")
    def _own_implementation_names_checks(self) -> CodeExercise:
        for name in self.own_implementation:
            if name not in self.checks:
                reject_value(
                    msgid("own_implementation names {{name}}, which is not a check"),
                    name=repr(name),
                )
        return self

    @model_validator(mode="after")
    def _ids_are_unique(self) -> CodeExercise:
        known = [wrong.id for wrong in self.misconceptions]
        for common in self.alike:
            unknown = sorted(set(common.of).difference(known))
            if unknown:
                msg = f"alike: {common.id} names {unknown[0]!r}, which is not a misconception"
                raise ValueError(msg)
        for picture in self.pictures:
            for check in picture.check:
                if check not in self.checks:
                    msg = f"pictures: {picture.id} names {check!r}, which is not a check"
                    raise ValueError(msg)
        ids = [*known, *(common.id for common in self.alike), *self.observations]
        ids += [picture.id for picture in self.pictures]
        twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
        if twice:
            msg = f"{twice[0]!r} is listed twice: what can be told of a check has one id each"
            raise ValueError(msg)
        return self

    @property
    def own_work(self) -> frozenset[str]:
        """The checks whose points wait for a teacher where a look finds something."""
        return frozenset(self.own_implementation or self.checks)

    @property
    def maximum(self) -> int:
        """Points of all checks."""
        return sum(check.points for check in self.checks.values())


class QuestionExercise(_Exercise):
    """A quiz, or a lines exercise, answered in a YAML file."""

    kind: Literal["quiz", "lines"]
    questions: tuple[Question, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _pictures_are_of_the_task(self) -> QuestionExercise:
        if any(picture.check for picture in self.pictures):
            reject_value(msgid("a picture of a quiz is of its task: it names no check"))
        return self

    @model_validator(mode="after")
    def _ids_are_unique(self) -> QuestionExercise:
        ids = [question.id for question in self.questions]
        if len(set(ids)) != len(ids):
            reject_value(msgid("question ids must be unique"))
        return self

    @property
    def maximum(self) -> int:
        """Points of all questions."""
        return sum(question.points for question in self.questions)


Exercise = Annotated[CodeExercise | QuestionExercise, Field(discriminator="kind")]
EXERCISE: TypeAdapter[CodeExercise | QuestionExercise] = TypeAdapter(Exercise)


class Section(Strict):
    """A section of the course and its exercises, in order of study."""

    id: Identifier
    exercises: tuple[str, ...] = Field(description="folder names, for instance ex11_softmax")


class CourseIndex(Strict):
    """exercises/course.yaml."""

    format: Literal[1] = 1
    id: Identifier
    seed: int = Field(ge=0, lt=2**63, description="the public seed of practice")
    kit: bool = Field(
        default=False, description="a students' kit, as `grader release` makes it: no answers"
    )
    languages: tuple[str, ...] = Field(("en",), min_length=1)
    sections: tuple[Section, ...]


class CourseFrontMatter(Strict):
    """Front matter of i18n/<lang>/course.md: the titles of the course and of its sections."""

    title: str = Field(min_length=1)
    sections: dict[str, str] = Field(default_factory=dict)


class Key(Strict):
    """The right answer to one question, and the wrong ones that have a name.

    ``answer`` is a number in Python notation (numeric), a choice (single), a list of choices
    (multiple, ordering), a mapping item -> choice (matching), a list of 1-based line numbers
    (lines), the accepted texts (short_text) or a mapping gap -> accepted texts (cloze).
    ``mistakes`` maps an id in the exercise's ``feedback`` to the answers that show it, in
    the same form; for multiple, any of the listed choices; for lines, any of the listed lines.
    A free text has ``key_points`` in place of an answer.
    """

    answer: Any = None
    key_points: dict[Identifier, Annotated[int, Field(ge=1, le=100)]] = Field(
        default_factory=dict,
        description="free_text: what a good text says, each with the points that it is worth",
    )
    tolerance: float | None = Field(None, ge=0, description="numeric: absolute")
    mistakes: dict[Identifier, Any] = Field(default_factory=dict)

    @field_validator("tolerance")
    @classmethod
    def _finite(cls, value: float | None) -> float | None:
        if value is not None and not math.isfinite(value):
            reject_value(msgid("a tolerance is a finite number"))
        return value

    @model_validator(mode="after")
    def _says_what_is_right(self) -> Key:
        if self.answer is None and not self.key_points:
            reject_value(
                msgid("a key has an answer, or the key points of a free text: neither is here")
            )
        return self


class KeyFile(Strict):
    """answers/exNN_slug/key.yaml."""

    questions: dict[Identifier, Key]


PluralForms = dict[Literal["zero", "one", "two", "few", "many", "other"], str]
Text = str | PluralForms


class ProseFrontMatter(Strict):
    """Front matter of i18n/<lang>/exNN_slug.md: all that a person reads, but the prompt.

    ``source`` holds, for a translation, the hash of the English unit each unit was made from.
    """

    title: str = Field(min_length=1)
    checks: dict[str, str] = Field(default_factory=dict)
    questions: dict[str, str] = Field(default_factory=dict)
    choices: dict[str, dict[str, str]] = Field(default_factory=dict)
    items: dict[str, dict[str, str]] = Field(default_factory=dict)
    key_points: dict[str, dict[str, str]] = Field(default_factory=dict)
    hints: tuple[str, ...] = ()
    feedback: dict[str, Text] = Field(default_factory=dict)
    observations: dict[str, Text] = Field(default_factory=dict)
    remarks: dict[str, Text] = Field(default_factory=dict)
    pictures: dict[str, dict[str, str]] = Field(default_factory=dict)
    blanks: dict[str, str] = Field(default_factory=dict)
    source: dict[str, str] = Field(default_factory=dict)


class StyleProse(Strict):
    """What is told of another right answer: what it is called, what it gains and loses."""

    title: str = Field(min_length=1)
    text: str = Field(min_length=1, description="Markdown: what this style gains, what it loses")


class SolutionProse(Strict):
    """Front matter of i18n/<lang>/exNN_slug.solution.md; below it, the reference is explained.

    ``styles`` are told in this order. ``source`` is as in ``ProseFrontMatter``.
    """

    styles: dict[Identifier, StyleProse] = Field(default_factory=dict)
    questions: dict[str, str] = Field(default_factory=dict)
    source: dict[str, str] = Field(default_factory=dict)
