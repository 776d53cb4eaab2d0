"""The page of right answers, as Markdown: for students who have found one, and for teachers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.languages import Translator
from grader.course.overview import worth
from grader.course.page import fence, numbered_listings
from grader.course.questions import ShownQuestion, shown_questions
from grader.course.solutions import Solution, solution
from grader.questions.registry import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.loading import LoadedExercise


def solution_page(loaded: LoadedExercise, lang: str) -> str:
    """Return the right answers with their explanations.

    For code: the reference and the other styles; for questions: each answer, in words.

    Raises:
        CourseError: a file is missing or broken.

    """
    t = Translator(lang)
    explained = solution(loaded, lang)
    parts = [f"# {loaded.model.id} · {loaded.title(lang)}"]
    if explained.stale:
        parts.append(t("(The translation of this text is being revised: here is the English.)"))
    if loaded.model.kind == "code":
        parts += _styles(loaded, explained, t)
    else:
        parts += [*numbered_listings(loaded, t), explained.explanation]
        for question in shown_questions(loaded, lang):
            parts.append(f"**{question.number}.** {question.text}")
            parts += [
                _right_answer(loaded, question, t),
                explained.front.questions.get(question.id, ""),
            ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _styles(loaded: LoadedExercise, explained: Solution, t: Translator) -> Iterator[str]:
    yield "## " + t("A right answer")
    yield from (_python(loaded.reference_source), explained.explanation)
    sources = loaded.style_sources
    for name, style in explained.front.styles.items():
        if name in sources:
            heading = t("Another right answer: {{title}}", title=style.title)
            yield from (f"## {heading}", _python(sources[name]), style.text)


def _python(source: str) -> str:
    return fence(source.strip("\n"), "python")


def _right_answer(loaded: LoadedExercise, question: ShownQuestion, t: Translator) -> str:
    answer = loaded.key.questions[question.id].answer
    listing = loaded.listing(question.listing) if question.listing else ""
    said = kind_of(question.kind).right_answer(question, answer, listing, t)
    return "\n".join([*said, *_key_points(loaded, question, t)])


def _key_points(loaded: LoadedExercise, question: ShownQuestion, t: Translator) -> Iterator[str]:
    """Yield the key points of a good text, with their points."""
    texts = loaded.prose(t.lang).front.key_points.get(question.id, {})
    for id_, points in loaded.key.questions[question.id].key_points.items():
        yield f"- {texts.get(id_, id_)} ({worth(points, t)})"


def solution_data(loaded: LoadedExercise, lang: str) -> dict[str, object]:
    """Return the contents of the page for programs; texts are Markdown with LaTeX."""
    explained = solution(loaded, lang)
    data: dict[str, object] = {
        "id": loaded.model.id,
        "name": loaded.name,
        "title": loaded.title(lang),
        "kind": loaded.model.kind,
        "lang": lang,
        "untranslated": sorted(explained.stale),
        "explanation": explained.explanation,
    }
    if loaded.model.kind == "code":
        data["reference"] = loaded.reference_source
        data["styles"] = [
            {"id": name, "title": style.title, "code": source, "text": style.text}
            for name, style in explained.front.styles.items()
            if (source := loaded.style_sources.get(name)) is not None
        ]
    else:
        t = Translator(lang)
        data["questions"] = [
            {
                "id": question.id,
                "text": question.text,
                "answer": loaded.key.questions[question.id].answer,
                "answer_text": _right_answer(loaded, question, t),
                "explanation": explained.front.questions.get(question.id, ""),
            }
            for question in shown_questions(loaded, lang)
        ]
    return data
