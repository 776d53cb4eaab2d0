"""The file in which a student starts: the prompt as comments, then what is to be filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.blanks import worded
from grader.course.languages import Translator
from grader.course.overview import worth
from grader.course.phrases import headed
from grader.course.questions import ShownQuestion, listings, shown_questions
from grader.course.text import commented, plain
from grader.questions.registry import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.loading import LoadedExercise

_WIDTH = 88


def stub(loaded: LoadedExercise, lang: str, order: int | None = None) -> str:
    """Return the file that a student starts from; ``order``: see ``shown_questions``."""
    header = commented(_introduction(loaded, lang))
    if loaded.model.kind == "code":
        texts = loaded.prose(lang).front.blanks
        return f"{header}\n\n{worded(loaded.stub_source.lstrip(), texts, _WIDTH)}"
    questions = (_question(question, lang) for question in shown_questions(loaded, lang, order))
    return "\n\n".join([header, *questions]) + "\n"


def _introduction(loaded: LoadedExercise, lang: str) -> str:
    """Return title, prompt, listings and what to type next."""
    prose = loaded.prose(lang)
    t = Translator(lang)
    parts = [f"{loaded.model.id} · {prose.front.title}"]
    if "prompt" in prose.stale:
        parts.append(t("(The translation of this text is being revised: here is the English.)"))
    parts.append(plain(prose.prompt, _WIDTH - 2))
    if loaded.model.kind != "code":
        parts += [
            f"{headed(name, t).rstrip()}\n{listing}" for name, listing in listings(loaded).items()
        ]
        parts.append(t("Write your answers after the colons; leave the names before them."))
    parts.append(t("When you are done: {{command}}", command=f"grade {loaded.model.id}"))
    return "\n\n".join(parts)


def _question(question: ShownQuestion, lang: str) -> str:
    """Return one question as comments, and its empty answer."""
    points = worth(question.points, Translator(lang))
    text = plain(f"{question.number}. {question.worth(points)}", _WIDTH - 2)
    lines = [text, *_option_lines(question.choices), plain(question.how, _WIDTH - 2)]
    return "\n".join([commented("\n".join(lines)), *_empty_answer(question)])


def _option_lines(options: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for id_, text in options:
        yield plain(f"   - {id_}: {text}", _WIDTH - 2)


def _empty_answer(question: ShownQuestion) -> Iterator[str]:
    parts = (*question.items, *question.gaps)
    about = ((part, commented(plain(text, _WIDTH - 4))) for part, text in parts)
    return kind_of(question.kind).empty_answer(question.id, about)
