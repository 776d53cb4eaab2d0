"""Exercises as other systems need them: texts in a language, keys, feedback and scores."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from grader.course.errors import CourseError
from grader.course.languages import Translator, interpolate
from grader.course.models import QuestionExercise
from grader.course.phrases import phrase
from grader.course.questions import numbered, shown_questions
from grader.course.solutions import solution
from grader.course.translations import CAPTION
from grader.export.errors import ExportError
from grader.export.html import as_html
from grader.pictures.files import as_svg
from grader.pictures.making import of_task
from grader.pictures.render_scene import available
from grader.questions.registry import kind_of
from grader.questions.score import score
from grader.report.messages import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.loading import LoadedExercise
    from grader.course.models import Key, Question
    from grader.course.questions import ShownQuestion
    from grader.questions.answers import Answer
    from grader.questions.scored import Scored

_MISTAKE = "exercise."


@dataclass(frozen=True)
class TaskPicture:
    """A picture of a task: its file, and what it shows in words."""

    name: str
    svg: bytes
    alternative: str


class QuestionContent:
    """One question with its key, in one language."""

    def __init__(self, exercise: ExerciseContent, question: Question, shown: ShownQuestion) -> None:
        self.exercise = exercise
        self.question = question
        self.shown = shown

    @property
    def place(self) -> str:
        """The name in messages, for instance ``ex14 loss_first``."""
        return f"{self.exercise.id} {self.question.id}"

    @property
    def key(self) -> Key:
        """The key.

        Raises:
            CourseError: there is none.

        """
        keys = self.exercise.loaded.key.questions
        if self.question.id not in keys:
            file = self.exercise.loaded.answers / "key.yaml"
            raise CourseError(
                file, f"questions.{self.question.id}", phrase("there is no key"), phrase("write it")
            )
        return keys[self.question.id]

    @property
    def listing(self) -> str:
        """The listing that is asked about; empty without one."""
        name = self.question.listing
        return self.exercise.loaded.listing(name) if name else ""

    @property
    def numbered_listing(self) -> str:
        """The listing with its line numbers."""
        return numbered(self.listing)

    @property
    def right_lines(self) -> set[int]:
        """The lines that are right, of a question about lines."""
        answer = self.key.answer
        return {*answer} if isinstance(answer, list) else {answer}

    def lines_as_html(self) -> dict[int, str]:
        """Return the lines that are not empty, with their numbers, as HTML by number."""
        lines = enumerate(self.listing.splitlines(), 1)
        return {
            n: f"{n}: <code>{escape(line.strip(), quote=False)}</code>"
            for n, line in lines
            if line.strip()
        }

    @property
    def text(self) -> str:
        """The text as its author wrote it, with ``{{gap}}`` for each gap."""
        front = self.exercise.front
        return front.questions.get(self.question.id, self.question.id)

    @property
    def explanation(self) -> str:
        """Why the right answer is right; empty where nobody has written it."""
        return self.exercise.explanations.get(self.question.id, "")

    def score(self, answer: Answer) -> Scored:
        """Score an answer as the judge does."""
        return score(self.question, self.key, answer, self.listing)

    def mistake(self, id_: str) -> str:
        """Return the sentence of a mistake of the key."""
        text = self.exercise.front.feedback.get(id_, id_)
        return interpolate(text, {}, self.exercise.lang)

    def told(self, scored: Scored) -> str:
        """Return the feedback of a score as Markdown, a paragraph for each sentence."""
        return "\n\n".join(filter(None, (self._sentence(*one) for one in scored.feedback)))

    def told_mistakes(self, scored: Scored) -> str:
        """Return only the sentences of the key's mistakes, as ``told`` does."""
        own = (args[0] for args in scored.feedback if args[0].startswith(_MISTAKE))
        return "\n\n".join(self.mistake(id_.removeprefix(_MISTAKE)) for id_ in own)

    def told_of_pair(self, item: str, choice: str) -> str:
        """Return the sentences about one pair of a matching question, as HTML."""
        shown = kind_of("matching").shown(self.key, lambda wrong: wrong == {item: choice})
        return as_html("\n\n".join(map(self.mistake, shown)))

    def _sentence(self, id_: str, args: dict[str, Any]) -> str | None:
        if id_.startswith(_MISTAKE):
            return self.mistake(id_.removeprefix(_MISTAKE))
        return sentence(id_, args, self.exercise.lang)


class ExerciseContent:
    """One exercise in one language."""

    def __init__(self, loaded: LoadedExercise, lang: str) -> None:
        self.loaded = loaded
        self.lang = lang
        self.t = Translator(lang)
        prose = loaded.prose(lang)
        self.front = prose.front
        self.prompt = prose.prompt

    @property
    def id(self) -> str:
        """The id, for instance ``ex14``."""
        return self.loaded.model.id

    @property
    def is_code(self) -> bool:
        """Whether it is answered with a program."""
        return not isinstance(self.loaded.model, QuestionExercise)

    @cached_property
    def explanations(self) -> dict[str, str]:
        """Why each right answer is right, by question."""
        return solution(self.loaded, self.lang).front.questions

    @cached_property
    def questions(self) -> tuple[QuestionContent, ...]:
        """The questions, in order."""
        shown = shown_questions(self.loaded, self.lang)
        asked = self.loaded.quiz.questions
        return tuple(
            QuestionContent(self, question, one) for question, one in zip(asked, shown, strict=True)
        )

    @property
    def hints(self) -> tuple[str, ...]:
        """The hints as HTML."""
        return tuple(map(as_html, self.front.hints))

    def pictures(self) -> Iterator[TaskPicture]:
        """Yield the pictures of the task; without matplotlib, none of them has a file."""
        for id_, picture in of_task(self.loaded, self.lang).items():
            words = self.front.pictures.get(id_, {})
            caption = interpolate(words.get(CAPTION, ""), picture.args, self.lang)
            drawn = as_svg(picture.drawing, caption, self.t) if available() else b""
            alternative = picture.drawing.alternative(self.t)
            yield TaskPicture(f"{self.id}_{id_}.svg", drawn, alternative)


def contents(exercises: list[LoadedExercise], lang: str) -> list[ExerciseContent]:
    """Return exercises in a language.

    Raises:
        ExportError: the course has no keys: it is a students' kit.

    """
    for loaded in exercises:
        if loaded.model.kind != "code" and not (loaded.answers / "key.yaml").is_file():
            raise ExportError(
                phrase(
                    "{{exercise}} has no answers here: this course is made for students. Export "
                    "from the course of the teacher, with --course.",
                    exercise=loaded.model.id,
                )
            )
    return [ExerciseContent(loaded, lang) for loaded in exercises]
