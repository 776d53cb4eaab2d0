"""Quizzes as they are asked: their questions, and a person who answers them."""

from functools import cache
from pathlib import Path

from grader.asking.answer_file import AnswerFile
from grader.asking.manner import AskedQuestion
from grader.course.loading import Course, LoadedExercise
from grader.course.questions import shown_questions
from grader.judge.reading.submission import read

COURSES = Path(__file__).resolve().parents[1] / "courses"
EVERYTHING = ("tiny", "ex02")
GAPS = ("typed", "ex01")
LISTING = ("tiny", "ex03")


@cache
def load(named: tuple[str, str]) -> LoadedExercise:
    """Return an exercise of a course of the tests."""
    course, id_ = named
    return Course(COURSES / course).exercise(id_)


def asked_questions(
    loaded: LoadedExercise, lang: str = "en", order: int | None = None
) -> dict[str, AskedQuestion]:
    """Return the questions of an exercise by id, as they are asked."""
    shown = shown_questions(loaded, lang, order)
    questions = loaded.quiz.questions
    return {
        question.id: AskedQuestion(
            question, one, loaded.listing(question.listing) if question.listing else ""
        )
        for question, one in zip(questions, shown, strict=True)
    }


def answer_file(path: Path, loaded: LoadedExercise, text: str | None = None) -> AnswerFile:
    """Return an answer file with a text, by default that which students start from."""
    starter = loaded.stub("en", None)
    if text is not None or not path.exists():
        path.write_text(starter if text is None else text, encoding="utf-8")
    kind = loaded.model.kind
    questions = asked_questions(loaded).values()
    return AnswerFile(path, questions, starter, lambda place: read(place, kind).source)
