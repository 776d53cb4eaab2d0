"""The course of a quiz: from the first open question to the overview, back and again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from grader.asking.front import Prompt
from grader.asking.registry import manner_of
from grader.asking.shown_values import as_code, shown_value
from grader.asking.step import OneOf
from grader.course.markup import title_of
from grader.course.overview import worth
from grader.questions.answers import is_blank, text_of
from grader.report.messages import sentence
from grader.report.wording import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.asking.answer_file import AnswerFile, Renewed
    from grader.asking.drafts import Drafts
    from grader.asking.front import Front, Reply
    from grader.asking.manner import AskedQuestion
    from grader.asking.step import Step, Value
    from grader.course.languages import Translator

Ending = Literal["grade", "stop"]
GRADE = "grade"
_QUESTION = "question_"
_TITLE = 60  # characters
_QUOTED = 60  # characters of an answer that cannot be used


@dataclass(frozen=True)
class _Place:
    """One step of one question."""

    asked: AskedQuestion
    step: Step
    number: int
    of: int


class Interview:
    """Asks the questions of one exercise, and writes each answer at once."""

    def __init__(
        self,
        questions: Sequence[AskedQuestion],
        file: AnswerFile,
        drafts: Drafts,
        front: Front,
        t: Translator,
    ) -> None:
        self.questions = questions
        self.file = file
        self.drafts = drafts
        self.front = front
        self.t = t
        self.renewed: list[Renewed] = []
        self._last = ""  # the question of the prompt before

    def run(self, only: Sequence[str] | None = None) -> Ending:
        """Ask what is open, or the questions ``only``; return how the student has ended it."""
        if only is None:
            places = self._places(self.questions)
            start = next((n for n, place in enumerate(places) if self._is_open(place)), None)
        else:
            places = self._places([asked for asked in self.questions if asked.question.id in only])
            start = 0
        while True:
            if start is not None and self._ask_from(places, start) == "stop":
                return "stop"
            reply = self._overview()
            if reply.way == "stop":
                return "grade" if reply.ended and not self.open_questions() else "stop"
            if reply.way == "back":
                places = self._places(self.questions)
                start = len(places) - 1
            elif reply.value in (None, (GRADE,)):
                return "grade"
            else:
                number = int(str((reply.value or ("",))[0]).removeprefix(_QUESTION)) - 1
                places, start = self._places(self.questions[number : number + 1]), 0

    def open_questions(self) -> list[int]:
        """Return the numbers, from 1, of the questions without a whole answer."""
        return [
            asked.shown.number
            for asked in self.questions
            if any(self._is_open(place) for place in self._places([asked]))
        ]

    def _places(self, questions: Sequence[AskedQuestion]) -> list[_Place]:
        found: list[_Place] = []
        for asked in questions:
            steps = manner_of(asked.question.kind).steps(asked)
            found += [_Place(asked, step, n, len(steps)) for n, step in enumerate(steps, 1)]
        return found

    def _ask_from(self, places: Sequence[_Place], at: int) -> Literal["done", "stop"]:
        while at < len(places):
            reply = self._ask(places[at])
            if reply.way == "stop":
                return "stop"
            if reply.way == "on":
                at += 1
            elif at > 0:
                at -= 1
            elif len(places) < len(self._places(self.questions)):
                return "done"  # one question alone was asked again: back to the overview
            else:
                self.front.say(self.t("This is the first question."))
        return "done"

    def _ask(self, place: _Place) -> Reply:
        asked, step = place.asked, place.step
        id_ = asked.question.id
        given = self._given(place)
        prompt = Prompt(
            text=self._text(place, given, whole=self._last != id_),
            step=step,
            given=given,
            problem=lambda value: self._problem(place, value),
            draft=self.drafts.get(id_),
            keep_draft=lambda text: self.drafts.put(id_, text),
            whole=self._text(place, given, whole=True),
        )
        self._last = id_
        reply = self.front.ask(prompt)
        if reply.value and reply.value != given:
            self._put(place, reply.value)
        if reply.way != "stop":
            self.drafts.put(id_, "")
        return reply

    def _put(self, place: _Place, value: Value) -> None:
        asked, step = place.asked, place.step
        manner = manner_of(asked.question.kind)
        answer = self.file.answers().get(asked.question.id)
        node = manner.answer_with(asked, step, answer, value)
        renewed = self.file.put(asked.question.id, node, self.t.lang, step.part)
        if renewed is not None:
            self.renewed.append(renewed)

    def _given(self, place: _Place) -> Value:
        asked = place.asked
        answer = self.file.answers().get(asked.question.id)
        return manner_of(asked.question.kind).given(asked, place.step, answer)

    def _is_open(self, place: _Place) -> bool:
        value = self._given(place)
        return not value or self._problem(place, value) is not None

    def _problem(self, place: _Place, value: Value) -> str | None:
        manner = manner_of(place.asked.question.kind)
        feedback = manner.complaint(place.asked, place.step, value)
        return feedback and sentence(*feedback, self.t.lang)

    def _text(self, place: _Place, given: Value, *, whole: bool) -> str:
        """Return the Markdown above a step; ``whole``: with the text of the question."""
        shown, t = place.asked.shown, self.t
        head = t("Question {{number}} of {{total}}", number=shown.number, total=len(self.questions))
        if place.of > 1:
            part = t("part {{number}} of {{total}}", number=place.number, total=place.of)
            head = f"{head}, {part}"
        parts = [f"**{head}** ({worth(shown.points, t)})"]
        if whole:
            rules = manner_of(shown.kind).rules(place.asked.question)
            parts += [shown.text.rstrip(), " ".join(rule.localised(t) for rule in rules)]
        parts.append(place.step.label)
        parts.append(self._about_answer(place, given) or "")
        return "\n\n".join(filter(None, parts))

    def _about_answer(self, place: _Place, given: Value) -> str | None:
        """Return why the answer in the file is asked for again, if it cannot be used."""
        if given:
            return self._problem(place, given)
        answer = self.file.answers().get(place.asked.question.id)
        written = manner_of(place.asked.question.kind).part_of(place.step, answer)
        if is_blank(written):
            return None
        shown = as_code(text_of(written), _QUOTED)
        return self.t(
            "What the answer file holds for this cannot be used: {{answer}}", answer=shown
        )

    def _overview(self) -> Reply:
        """Show all answers; ask whether to grade them, or which question to answer again."""
        t = self.t
        answers = self.file.answers()
        self._last = ""
        options = []
        for asked in self.questions:
            places = self._places([asked])
            answer = answers.get(asked.question.id)
            manner = manner_of(asked.question.kind)
            values = [manner.given(asked, place.step, answer) for place in places]
            said = "; ".join(
                shown_value(place.step, value, t)
                for place, value in zip(places, values, strict=True)
            )
            title = shortened(title_of(asked.shown.text), _TITLE)
            options.append((f"{_QUESTION}{asked.shown.number}", f"{title} — {said}"))
        grade = t("Grade these answers")
        step = OneOf(options=(*options, (GRADE, grade)))
        still_open = self.open_questions()
        head = t("Your answers")
        note = t("Choose a question to answer it again, or have all graded.")
        if still_open:
            numbers = ", ".join(map(str, still_open))
            note = t("Without a whole answer yet: {{questions}}.", questions=numbers) + f" {note}"
        return self.front.ask(Prompt(f"**{head}**\n\n{note}", step, (GRADE,), asks_for_way=True))
