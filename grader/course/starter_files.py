"""The file in which a student starts: the prompt as comments, then the part to fill in."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from grader.course.blanks import MARK
from grader.course.languages import Translator
from grader.course.overview import worth
from grader.course.phrases import headed
from grader.course.plain_text import markdown_to_text
from grader.course.questions import ShownQuestion, listings, shown_questions
from grader.questions.registry import kind_of

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from grader.course.loading import LoadedExercise

# Columns of the comments.
_WIDTH = 88


def starter_file(loaded: LoadedExercise, lang: str, order: int | None = None) -> str:
    """Return the file that a student starts from; ``order``: see ``shown_questions``."""
    header = _commented(_introduction(loaded, lang))
    if loaded.model.kind == "code":
        return f"{header}\n\n{starting_code(loaded, lang)}"
    questions = (
        question_block(question, lang) for question in shown_questions(loaded, lang, order)
    )
    return "\n\n".join([header, *questions]) + "\n"


def starting_code(loaded: LoadedExercise, lang: str) -> str:
    """Return the part to fill in of a code exercise."""
    return _described(loaded.stub_source.lstrip(), loaded, lang)


def empty_answers(loaded: LoadedExercise, lang: str, order: int | None = None) -> str:
    """Return the empty answers to questions, each below its number."""
    questions = shown_questions(loaded, lang, order)
    lines = (["", f"# {one.number}", *_empty_answer(one)] for one in questions)
    return "\n".join(line for group in lines for line in group).strip() + "\n"


def _introduction(loaded: LoadedExercise, lang: str) -> str:
    """Return title, prompt, listings and the next command."""
    prose = loaded.prose(lang)
    t = Translator(lang)
    parts = [f"{loaded.model.id} · {prose.front.title}"]
    if "prompt" in prose.stale:
        parts.append(t("(The translation of this text is being revised: here is the English.)"))
    parts.append(markdown_to_text(prose.prompt, _WIDTH - 2))
    if loaded.model.kind != "code":
        parts += [
            f"{headed(name, t).rstrip()}\n{listing}" for name, listing in listings(loaded).items()
        ]
        parts.append(t("Write your answers after the colons; leave the names before them."))
    parts.append(t("When you are done: {{command}}", command=f"grade {loaded.model.id}"))
    return "\n\n".join(parts)


def _described(source: str, loaded: LoadedExercise, lang: str) -> str:
    """Return a stub with the text of each blank as a comment above it."""
    texts = loaded.prose(lang).front.blanks

    def comment(mark: re.Match[str]) -> str:
        text = texts.get(mark["id"] or "")
        if text is None:
            return ""
        lines = _commented(markdown_to_text(text, _WIDTH - 2 - len(mark["indent"])))
        return textwrap.indent(f"{lines}\n", mark["indent"])

    return MARK.sub(comment, source)


def question_block(question: ShownQuestion, lang: str) -> str:
    """Return one question as comments, and its empty answer."""
    points = worth(question.points, Translator(lang))
    text = markdown_to_text(f"{question.number}. {question.worth(points)}", _WIDTH - 2)
    lines = [text, *_option_lines(question.choices), markdown_to_text(question.how, _WIDTH - 2)]
    return "\n".join([_commented("\n".join(lines)), *_empty_answer(question)])


def _option_lines(options: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for id_, text in options:
        yield markdown_to_text(f"   - {id_}: {text}", _WIDTH - 2)


def _empty_answer(question: ShownQuestion) -> Iterator[str]:
    parts = (*question.items, *question.gaps)
    about = ((part, _commented(markdown_to_text(text, _WIDTH - 4))) for part, text in parts)
    return kind_of(question.kind).empty_answer(question.id, about)


def _commented(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.split("\n"))
