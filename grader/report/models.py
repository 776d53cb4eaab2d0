"""The report: the JSON contract between the grader and everything that reads its results.

Additive within a major version: readers ignore unknown fields and treat an unknown status as
``other``. Everything that may differ between two equal runs stands in ``run``.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    FiniteFloat,
    PlainSerializer,
    ValidationError,
    WithJsonSchema,
    WrapValidator,
    field_validator,
    model_validator,
)

from grader.report.clean import clean, clean_argument, clean_tail
from grader.report.drawings import LaterDrawing
from grader.wire.levels import HIGHEST, LOWEST, LevelName

if TYPE_CHECKING:
    from grader.pictures.picture import AnyDrawing
else:
    AnyDrawing = LaterDrawing

SCHEMA_VERSION = "1.3"

SubmissionStatus = Literal[
    "graded", "incomplete", "needs_review", "unreadable", "ungraded", "other"
]
CheckStatus = Literal[
    "passed",
    "failed",
    "error",
    "crash",
    "timeout",
    "memory",
    "not_run",
    "needs_review",
    "unanswered",
    "other",
]
Reason = Literal["needs", "device", "budget", "load"]
Visibility = Literal["shown", "hidden", "held_back"]
Audience = Literal["student", "teacher"]
Blame = Literal["student", "author", "system"]
CauseKind = Literal[
    "misconception", "observation", "exception", "finding", "limit", "load", "other"
]
Scalar = str | int | float | bool | None


def _or_other(statuses: Any) -> BeforeValidator:
    """Read a status that a later version of the contract has added as ``other``."""
    known = get_args(statuses)
    return BeforeValidator(
        lambda status: "other" if isinstance(status, str) and status not in known else status
    )


CleanText = Annotated[str, AfterValidator(clean)]
MOST_POINTS = 10**9  # so that hundredths survive as JSON's numbers, which are floats
Points = Annotated[
    Decimal,
    Field(ge=0, le=MOST_POINTS, allow_inf_nan=False, decimal_places=2),
    PlainSerializer(float, return_type=float, when_used="json"),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": MOST_POINTS}, mode="serialization"),
]


class Model(BaseModel):
    """A part of the report. Unknown fields are ignored: the contract grows by addition."""

    model_config = ConfigDict(extra="ignore", validate_assignment=True)


class Message(Model):
    """One sentence of feedback: an id and arguments, and its text in the report's language."""

    id: str = Field(description="message id; ids that start with 'exercise.' are the exercise's")
    args: dict[str, Annotated[Scalar, AfterValidator(clean_argument)]] = Field(
        default_factory=dict, description="numbers, names, shapes in Python notation; never prose"
    )
    text: CleanText = Field("", description="the sentence, in the language of the report")


class ShownArgument(Model):
    """One argument of a call that is shown."""

    name: CleanText = Field(description="the parameter that it is given to, or a name of its own")
    code: CleanText = Field(description="Python that makes the value; NumPy is `np`")
    shortened: bool = Field(
        default=False, description="whether only the part that matters is written out"
    )


class ShownCall(Model):
    """A call that went wrong, so that it can be repeated."""

    function: CleanText = Field(description="what was called; of a small program, its last line")
    arguments: list[ShownArgument] = Field(
        default_factory=list, description="what is to be defined before the program is run"
    )
    program: list[CleanText] = Field(
        default_factory=list, description="the lines that ran, in Python; of one call, that call"
    )
    got: CleanText = Field("", description="what came back, in Python notation")
    expected: CleanText = Field("", description="what is right in its place")
    entry: CleanText = Field("", description="name of the worst entry, for instance `W1[3, 2]`")
    shortened: bool = Field(
        default=False, description="whether an argument or a result is not written out in full"
    )


class ShownPicture(Model):
    """A picture of what a check got from the submission."""

    id: str = Field(description="its name in the exercise")
    caption: Message = Field(description="what it shows, in one or two sentences")
    alternative: Annotated[str, AfterValidator(clean)] = Field(
        "", description="the drawing in words, in the language of the report"
    )
    drawing: AnyDrawing = Field(description="the drawing as data; `kind` says of which form")


def _known_or_none(value: Any, validated: Callable[[Any], Any]) -> Any:
    """Leave out a picture of a form that a later version of the contract has added."""
    try:
        return validated(value)
    except ValidationError:
        return None


class Printed(Model):
    """What a submission printed during one check: the first and the last lines."""

    first: Annotated[str, AfterValidator(clean_tail)] = Field(
        "", description="without control and escape sequences"
    )
    dropped: int = Field(0, ge=0, description="bytes left out between `first` and `last`")
    last: Annotated[str, AfterValidator(clean_tail)] = Field(
        "", description="empty where nothing was left out"
    )


class KeyPoint(Model):
    """One thing that a good text says, by which a teacher marks a free text."""

    id: str = Field(description="its name in the key")
    points: Points = Field(description="points that it is worth")
    text: CleanText = Field("", description="what it is, in the language of the report")


class CheckResult(Model):
    """The result of one check or question."""

    id: str = Field(description="name of the check's function, or id of the question")
    title: CleanText = Field("", description="what it is about, in the language of the report")
    maximum: Points = Field(description="points the check is worth")
    reached: Points = Field(Decimal(0), description="points the submission got")
    status: Annotated[CheckStatus, _or_other(CheckStatus)] = Field(
        description=(
            "how it ended; only `passed` is proof of a right answer; `unanswered`: a question "
            "without an answer yet, which earns nothing and is no mistake"
        )
    )
    reason: Reason | None = Field(
        None,
        description="why a check was not run; with `device` its points are left out, else lost",
    )
    visibility: Visibility = Field(
        "shown", description="whether students are shown it; a student's report has `shown` only"
    )
    on_trust: bool = Field(
        default=False, description="whether only the submission's own process can say how it went"
    )
    blame: Blame | None = Field(None, description="whose fault it is that the check did not pass")
    misconception: str | None = Field(None, description="id of the mistake that was recognised")
    observation: str | None = Field(
        None, description="id of the fact about the result that is told; without a misconception"
    )
    feedback: list[Message] = Field(default_factory=list, description="first sentence first")
    call: ShownCall | None = Field(
        None, description="a call that went wrong; of checks that are shown"
    )
    picture: Annotated[ShownPicture | None, WrapValidator(_known_or_none)] = Field(
        None,
        description=(
            "of a check that is shown and did not pass; of one that passed where pictures were "
            "asked for"
        ),
    )
    printed: Printed | None = Field(
        None, description="what the submission printed meanwhile; of checks that are shown"
    )
    remarks: list[Message] = Field(
        default_factory=list, description="what a right answer could do better; costs nothing"
    )
    key_points: list[KeyPoint] = Field(
        default_factory=list,
        description="of a free text that was written: what it is marked by, `maximum` in all",
    )
    answer: CleanText | None = Field(
        None, description="the text that a teacher has to read, its beginning; teacher's only"
    )


class LoadResult(Model):
    """The phase before the checks: reading, importing, looking for the asked names."""

    status: Annotated[CheckStatus, _or_other(CheckStatus)] = Field(
        description="`passed` when every check could be run"
    )
    blame: Blame | None = Field(None, description="whose fault it is that this phase failed")
    feedback: list[Message] = Field(
        default_factory=list,
        description=(
            "first sentence first; ids that start with `note.` tell what was left out of a file "
            "that could be graded all the same, or what of a given program it has changed"
        ),
    )


class Cause(Model):
    """What explains one or several checks that did not pass: it is told once."""

    kind: Annotated[CauseKind, _or_other(CauseKind)] = Field(
        description=(
            "`exception`: one and the same at one line; `finding`: what is wrong with a result; "
            "`limit`: time, memory, a crash; `load`: the file itself"
        )
    )
    id: str = Field(
        description="of the misconception or observation, else of the first message's sentence"
    )
    told_at: str | None = Field(
        None, description="id of the check whose feedback and call are told; none for `load`"
    )
    checks: list[str] = Field(
        default_factory=list,
        description=(
            "ids of all checks that it explains, `told_at` first; with those that a misconception "
            "may explain, where it was not proven"
        ),
    )


class ExerciseInfo(Model):
    """Which exercise was graded."""

    id: str = Field(description="for instance ex11; permanent")
    slug: str = Field(description="for instance softmax")
    kind: Literal["code", "quiz", "lines"] = Field(description="what a submission consists of")
    title: CleanText = Field("", description="in the language of the report")
    course: str = Field(description="id of the course")


class Isolation(Model):
    """How far the student's process was shut off while its code ran."""

    level: int = Field(ge=int(LOWEST), le=int(HIGHEST), description="0 (not at all) to 3 (fully)")
    name: LevelName = Field(description="the name of that level")
    missing: list[CleanText] = Field(
        default_factory=list, description="protections that this machine does not give"
    )


class Output(Model):
    """The end of what the submission printed while the shown checks ran."""

    text: Annotated[str, AfterValidator(clean_tail)] = Field(
        "", description="without control and escape sequences"
    )
    dropped: int = Field(0, ge=0, description="bytes left out before this text")


class HiddenPoints(Model):
    """What a student is told of the checks that are not displayed: their points, no more."""

    checks: int = Field(ge=0, description="how many there are")
    maximum: Points = Field(description="points they are worth together")
    reached: Points = Field(description="points the submission got for them together")


class RunMetadata(Model):
    """All that may differ between two equal runs."""

    graded_at: str | None = Field(None, description="ISO 8601, UTC")
    seconds: FiniteFloat | None = Field(
        None, ge=0, description="wall time of the whole judgement; teacher's audience only"
    )
    cpu_seconds: dict[str, FiniteFloat] = Field(
        default_factory=dict, description="CPU time of the submission, by check"
    )
    host: str | None = Field(None, description="name of the machine; teacher's audience only")
    card: CleanText | None = Field(
        None, description="name of the graphics card, where the device is `cuda`"
    )
    card_bytes: int | None = Field(
        None, ge=0, description="the most of the card's memory that the submission held at once"
    )
    faults: list[CleanText] = Field(
        default_factory=list,
        description="what broke in the exercise or the grader, for its author; teacher's only",
    )
    versions: dict[str, str] = Field(default_factory=dict, description="by name of the software")


def _lacks_a_name(check: CheckResult) -> bool:
    return any(message.id in {"call.lost", "call.lost_import"} for message in check.feedback)


class Report(Model):
    """The result for one submission."""

    schema_version: str = Field(SCHEMA_VERSION, description="major.minor of this contract")
    exercise: ExerciseInfo = Field(description="which exercise was graded")
    lang: str = Field("en", description="code of the language of the texts, such as en")
    audience: Audience = Field(
        "teacher", description="a student's report holds nothing of checks that are not shown"
    )
    status: Annotated[SubmissionStatus, _or_other(SubmissionStatus)] = Field(
        description=(
            "`incomplete`: some checks need another device; `needs_review`: a teacher must look; "
            "`unreadable`: the file could not be read; `ungraded`: the fault of the grader or of "
            "the exercise, never a zero"
        )
    )
    headline: Message | None = Field(None, description="one sentence on the whole submission")
    reached: Points = Field(Decimal(0), description="points the submission got")
    waiting: Points = Field(
        Decimal(0), description="points that wait for a teacher: of the checks in `needs_review`"
    )
    reachable: Points = Field(description="points that could be got on this device")
    maximum: Points = Field(description="points the exercise is worth")
    partial: bool = Field(
        default=False, description="whether only the checks that were asked for were run"
    )
    load: LoadResult | None = Field(None, description="the phase before the checks")
    checks: list[CheckResult] = Field(
        default_factory=list, description="in the order of the exercise"
    )
    causes: list[Cause] = Field(
        default_factory=list,
        description="what explains the checks that did not pass; the first to be mended first",
    )
    next: Message | None = Field(
        None, description="the way on, for a student: what to mend first, or the next exercise"
    )
    hidden: HiddenPoints | None = Field(None, description="student's audience only")
    output: Output = Field(Output(), description="what the submission printed, its end")
    student: str | None = Field(None, description="opaque id")
    attempt: int | None = Field(None, ge=1, description="number of this attempt, from 1")
    submitted_at: str | None = Field(None, description="ISO 8601, UTC")
    submission_hash: str | None = Field(None, description="SHA-256 of the submitted bytes")
    grading_hash: str | None = Field(
        None, description="SHA-256 of everything in the course that can change points"
    )
    text_hash: str | None = Field(None, description="SHA-256 of the exercise's texts")
    device: Literal["cpu", "sim", "cuda"] | None = Field(
        None, description="where the submission computed"
    )
    seed: int | None = Field(
        None, description="what the inputs were drawn from; for students the public seed only"
    )
    isolation: Isolation | None = Field(None, description="how far the submission was shut off")
    run: RunMetadata = Field(
        RunMetadata(), description="all that may differ between two equal runs"
    )

    @field_validator("schema_version")
    @classmethod
    def _major_version_is_ours(cls, value: str) -> str:
        if value.split(".", 1)[0] != SCHEMA_VERSION.split(".", 1)[0]:
            msg = f"schema version {value} is not readable here, which reads {SCHEMA_VERSION}"
            raise ValueError(msg)
        return value

    @model_validator(mode="after")
    def _tells_what_is_elsewhere(self) -> Self:
        """Give the headline what it has had since version 1.3."""
        if self.headline is not None and self.headline.id == "headline.incomplete":
            self.headline.args.setdefault("elsewhere", float(self.maximum - self.reachable))
        return self

    @property
    def undecided(self) -> bool:
        """No point was reached, and no check has found an answer wrong, or none at all.

        The file could not be loaded, what its functions need was left out, or time or memory ran
        out at once: nobody knows yet whether the answer in it is right.
        """
        decided = (
            check.status in {"failed", "error", "unanswered"} and not _lacks_a_name(check)
            for check in self.checks
        )
        judged = self.status in {"graded", "incomplete"}
        return judged and self.reached == 0 and not any(decided)

    @property
    def passed(self) -> bool:
        """Every reachable point was reached, and nothing stands in the way."""
        return (
            self.status in {"graded", "incomplete"}
            and self.reachable > 0
            and self.reached == self.reachable
        )
