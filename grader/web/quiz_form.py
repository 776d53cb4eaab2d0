"""A quiz as a form: its questions with what is answered, and what was sent into its file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.asking.answer_file import AnswerFile, AnswersNotWrittenError
from grader.asking.manner import AskedQuestion
from grader.asking.outdated import changed_questions
from grader.asking.registry import manner_of
from grader.course.languages import Translator
from grader.course.overview import worth
from grader.course.questions import shown_questions
from grader.course.system_errors import reason
from grader.course.unreadable import UnreadableSubmissionError
from grader.course.workspace import create_workspace, order_of
from grader.judge.reading.submission import read
from grader.questions.answers import Answers, unknown_questions
from grader.report.messages import sentence
from grader.web.controls.registry import control_of
from grader.web.files import answer_of, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.datastructures import FormData

    from grader.asking.answer_file import Renewed
    from grader.asking.step import Step, Value
    from grader.course.loading import LoadedExercise
    from grader.questions.answers import Answer
    from grader.questions.plain_yaml import Node


STATE = "state"
"""The field with the state of the file that a page shows."""


@dataclass(frozen=True)
class Field:
    """One step of a question: its fields, what they hold, and why that cannot be used."""

    name: str
    step: Step
    macro: str
    given: Value
    problem: str = ""


@dataclass(frozen=True)
class FormQuestion:
    """A question as a form shows it."""

    asked: AskedQuestion
    worth: str
    how: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class QuizForm:
    """A form, the state of the file that it was made from, and sentences above it."""

    questions: tuple[FormQuestion, ...]
    state: str
    told: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether all that was sent could be used."""
        return not any(one.problem for question in self.questions for one in question.fields)


@dataclass
class _Sent:
    """What was sent: values by field, and those that cannot be used, each with the reason."""

    values: dict[str, Value]
    problems: dict[str, str] = field(default_factory=dict)


class Quiz:
    """One quiz in a workspace, for a reader of one language."""

    def __init__(self, loaded: LoadedExercise, folder: Path, lang: str) -> None:
        self._loaded = loaded
        self._folder = folder
        self._t = Translator(lang)
        order = order_of(folder)
        shown = shown_questions(loaded, lang, order)
        self._starter = loaded.stub(lang, order)
        self._asked = [
            AskedQuestion(
                question, one, loaded.listing(question.listing) if question.listing else ""
            )
            for question, one in zip(loaded.quiz.questions, shown, strict=True)
        ]

    def form(self) -> QuizForm:
        """Return the form with what the file holds."""
        path = answer_of(self._folder, self._loaded)
        if path is None:
            return self._form(Answers({}), _Sent({}), "")
        state = state_of(path)
        try:
            answers = self._file(path).answers()
        except UnreadableSubmissionError as error:
            return self._form(Answers({}), _Sent({}), state, (self._said(error),))
        return self._form(answers, _Sent({}), state, tuple(self._outdated(path, answers)))

    def send(self, form: FormData) -> QuizForm:
        """Write what was sent into the file, question by question, and return the form again.

        Nothing is written if the file is not the one that the page was made from, so that no
        answer is lost that was written meanwhile.
        """
        values = {name: control_of(step).read(step, form, name) for _, step, name in self._steps()}
        sent = _Sent(values)
        path = answer_of(self._folder, self._loaded)
        state = "" if path is None else state_of(path)
        if form.get(STATE) != state:
            changed = self._t(
                "The answer file has changed since this page was opened, so nothing was written. "
                "The fields hold what you have sent: look through them, and send them again."
            )
            return self._form(Answers({}), sent, state, (changed,))
        try:
            path = path or self._begun()
            told = self._put(self._file(path), sent)
            return self._form(self._file(path).answers(), sent, state_of(path), told)
        except AnswersNotWrittenError as error:
            return self._unwritten(path, sent, state, error.cause)
        except OSError as error:
            return self._unwritten(path, sent, state, error)
        except UnreadableSubmissionError as error:
            return self._form(Answers({}), sent, state, (self._said(error),))

    def _unwritten(self, path: Path | None, sent: _Sent, state: str, error: OSError) -> QuizForm:
        name = self._loaded.stub_name if path is None else path.name
        told = self._t(
            "Your answers could not be written into {{file}}: {{reason}}. The fields hold them "
            "still.",
            file=name,
            reason=reason(error).localised(self._t),
        )
        return self._form(Answers({}), sent, state, (told,))

    def _begun(self) -> Path:
        """Write the file that a student starts from, and return its path."""
        create_workspace(self._folder, [self._loaded], self._t.lang)
        return self._folder / self._loaded.stub_name

    def _put(self, file: AnswerFile, sent: _Sent) -> tuple[str, ...]:
        """Write each value that can be used and differs; return sentences about the file."""
        renewals = [file.renew(self._loaded)]
        for asked, step, name in self._steps():
            manner, value = manner_of(asked.question.kind), sent.values[name]
            answer = file.answers().get(asked.question.id)
            if value == manner.given(asked, step, answer):
                continue
            problem = manner.complaint(asked, step, value) if value else None
            if problem is not None:
                sent.problems[name] = sentence(*problem, self._t.lang) or ""
                continue
            node = (
                manner.answer_with(asked, step, answer, value)
                if value
                else _without(asked, step, answer)
            )
            renewals.append(file.put(asked.question.id, node, self._t.lang, step.part))
        return tuple(self._about(file.path, one) for one in renewals if one is not None)

    def _form(
        self, answers: Answers, sent: _Sent, state: str, told: tuple[str, ...] = ()
    ) -> QuizForm:
        fields: dict[str, list[Field]] = {}
        for asked, step, name in self._steps():
            answer = answers.get(asked.question.id)
            given = manner_of(asked.question.kind).given(asked, step, answer)
            fields.setdefault(asked.question.id, []).append(
                Field(
                    name,
                    step,
                    control_of(step).macro,
                    sent.values.get(name, given),
                    sent.problems.get(name, ""),
                )
            )
        questions = (
            FormQuestion(
                asked,
                worth(asked.shown.points, self._t),
                " ".join(self._rules(asked)),
                tuple(fields[asked.question.id]),
            )
            for asked in self._asked
        )
        return QuizForm(tuple(questions), state, told)

    def _rules(self, asked: AskedQuestion) -> Iterator[str]:
        rules = manner_of(asked.question.kind).rules(asked.question)
        return (rule.localised(self._t) for rule in rules)

    def _steps(self) -> Iterator[tuple[AskedQuestion, Step, str]]:
        """Yield each step with its question and the name of its fields."""
        for asked in self._asked:
            for step in manner_of(asked.question.kind).steps(asked):
                name = f"q.{asked.question.id}"
                yield asked, step, f"{name}.{step.part}" if step.part else name

    def _file(self, path: Path) -> AnswerFile:
        kind = self._loaded.model.kind
        return AnswerFile(path, self._asked, self._starter, lambda place: read(place, kind).source)

    def _outdated(self, path: Path, answers: Answers) -> Iterator[str]:
        """Yield a sentence about a file that cannot be continued as it is."""
        try:
            text = read(path, self._loaded.model.kind).source
        except UnreadableSubmissionError as error:
            yield self._said(error)
            return
        questions = [asked.question for asked in self._asked]
        if changed_questions(text, self._loaded) or unknown_questions(answers, questions):
            yield self._t(
                "{{file}} is of another version of this exercise. When you send answers here, it "
                "is kept under another name, and what still holds is taken over.",
                file=path.name,
            )

    def _about(self, path: Path, renewed: Renewed) -> str:
        """Return sentences about a file that could not be continued."""
        t = self._t
        said = [t("{{file}} could not be continued as it was.", file=path.name)]
        if renewed.kept is not None:
            said.append(t("It is kept as {{file}}.", file=renewed.kept.name))
        if renewed.carried:
            names = ", ".join(f"`{name}`" for name in renewed.carried)
            said.append(t("Taken over from it: the answers to {{questions}}.", questions=names))
        return " ".join(said)

    def _said(self, error: UnreadableSubmissionError) -> str:
        return sentence(error.id, error.arguments, self._t.lang) or error.id


def _without(asked: AskedQuestion, step: Step, answer: Answer) -> Node:
    """Return an answer in which a step has no value any more."""
    if not step.part:
        return ""
    manner = manner_of(asked.question.kind)
    return {
        each.part: "" if each == step else manner.part_of(each, answer) or ""
        for each in manner.steps(asked)
    }
