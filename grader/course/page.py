"""The page of an exercise: the information for a student before starting, as Markdown."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from grader.course.languages import Translator
from grader.course.models import CodeExercise, QuestionExercise
from grader.course.overview import KINDS, worth
from grader.course.phrases import headed
from grader.course.questions import ShownQuestion, listings, shown_questions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.loading import LoadedExercise


def page(loaded: LoadedExercise, lang: str, order: int | None = None) -> str:
    """Return title, task, checks or questions, and the next command.

    ``order``: see ``shown_questions``.
    """
    t = Translator(lang)
    prose = loaded.prose(lang)
    model = loaded.model
    parts = [f"# {model.id} · {prose.front.title}", ", ".join(at_a_glance(model, t))]
    if prose.stale and "prompt" in prose.stale:
        parts.append(t("(The translation of this text is being revised: here is the English.)"))
    if isinstance(model, CodeExercise):
        parts += [signatures(model), prose.prompt, "## " + t("Checks")]
        parts.append(checks(loaded, model, t))
    else:
        parts += [
            prose.prompt,
            *numbered_listings(loaded, t),
        ]
        parts.append("## " + t("Questions"))
        parts += [question_text(question, t) for question in shown_questions(loaded, lang, order)]
    parts.append("## " + t("What to do"))
    parts.append(_commands(loaded, t))
    return "\n\n".join(parts) + "\n"


def at_a_glance(model: CodeExercise | QuestionExercise, t: Translator) -> Iterator[str]:
    """Yield the kind, the points, the duration and the prerequisites."""
    yield t(KINDS[model.kind])
    yield worth(model.maximum, t)
    if model.minutes is not None:
        yield t.plural("about {{n}} minute", "about {{n}} minutes", model.minutes)
    if model.prerequisites:
        yield t("builds on {{exercises}}", exercises=", ".join(model.prerequisites))


def numbered_listings(loaded: LoadedExercise, t: Translator) -> list[str]:
    """Return the listings to which questions refer, each below its name."""
    found = listings(loaded).items()
    return [f"{headed(name, t).rstrip()}\n\n{fence(text)}" for name, text in found]


def signatures(model: CodeExercise) -> str:
    """Return the functions to write, as a block of code."""
    lines = [f"{name}({', '.join(parameters)})" for name, parameters in model.functions.items()]
    return fence("\n".join(lines), "python")


def fence(text: str, language: str = "text") -> str:
    """Return a text as a block of code."""
    return f"```{language}\n{text}\n```"


def checks(loaded: LoadedExercise, model: CodeExercise, t: Translator) -> str:
    """Return the checks that are displayed, as a Markdown list with the points of each."""
    titles = loaded.prose(t.lang).front.checks
    hidden = loaded.hidden_checks & model.checks.keys()
    lines = [
        f"- {titles.get(name, name)} ({worth(check.points, t)})"
        for name, check in model.checks.items()
        if name not in hidden
    ]
    if hidden:
        points = sum(model.checks[name].points for name in hidden)
        more = t.plural(
            "{{n}} more point in checks that are not displayed",
            "{{n}} more points in checks that are not displayed",
            points,
        )
        lines.append(f"- {more}")
    return "\n".join(lines)


def question_text(question: ShownQuestion, t: Translator) -> str:
    """Return a question with its points, its choices and how it is answered."""
    lines = [f"**{question.number}.** {question.worth(worth(question.points, t))}", ""]
    lines += [f"- `{id_}` {text}" for id_, text in question.items]
    if question.items:
        lines += ["", t("each goes with one of these:"), ""]
    lines += [f"- `{id_}` {text}" for id_, text in question.choices]
    return "\n".join([*lines, "", f"*{question.how}*"])


def _commands(loaded: LoadedExercise, t: Translator) -> str:
    id_, course = loaded.model.id, loaded.course.option
    rows = []
    if isinstance(loaded.model, QuestionExercise):
        rows.append((f"grader quiz {id_}{course}", t("asks the questions here, one by one")))
    rows += [
        (
            f"grader init . {id_}{course}",
            t("writes {{file}}, the file to start from", file=loaded.stub_name),
        ),
        (f"grade {id_} {loaded.stub_name}{course}", t("grades it")),
    ]
    if loaded.prose(t.lang).front.hints:
        rows.append((f"grader hint {id_}{course}", t("shows a hint")))
    rows.append(
        (
            f"grader show {id_} --solution{course}",
            t("shows right answers with explanations, once yours has all points"),
        )
    )
    if any(not picture.check for picture in loaded.model.pictures):
        command = f"grader show {id_} --pictures {t('DIR')}{course}"
        rows.append((command, t("writes the drawing of the task as a file")))
    return "\n".join(f"- `{command}` {what}" for command, what in rows)


def page_data(loaded: LoadedExercise, lang: str, order: int | None = None) -> dict[str, object]:
    """Return the contents of the page for programs; the prompt is Markdown with LaTeX.

    ``order``: see ``shown_questions``.
    """
    prose = loaded.prose(lang)
    model = loaded.model
    data: dict[str, object] = {
        "id": model.id,
        "name": loaded.name,
        "title": prose.front.title,
        "kind": model.kind,
        "points": model.maximum,
        "minutes": model.minutes,
        "prerequisites": list(model.prerequisites),
        "lang": lang,
        "prompt": prose.prompt,
        "hints": len(prose.front.hints),
        "untranslated": sorted(prose.stale),
    }
    if isinstance(model, CodeExercise):
        data["functions"] = {name: list(names) for name, names in model.functions.items()}
        data["devices"] = list(model.devices)
        data["checks"] = [
            {"id": name, "title": prose.front.checks.get(name, name), "points": check.points}
            for name, check in model.checks.items()
            if name not in loaded.hidden_checks
        ]
    else:
        data["questions"] = [
            asdict(question)
            | {part: dict(getattr(question, part)) for part in ("choices", "items", "gaps")}
            for question in shown_questions(loaded, lang, order)
        ]
        data["listings"] = {
            q.listing: loaded.listing(q.listing) for q in model.questions if q.listing
        }
    return data
