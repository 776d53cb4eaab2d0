"""The pages of the server as HTML, in a language."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from babel import Locale

from grader.course.formulas import latex_to_unicode
from grader.course.languages import LANGUAGES, Translator
from grader.course.markup import pieces
from grader.pages.environment import environment
from grader.pages.report_page import stylesheet
from grader.pages.source import marked_source
from grader.report.reader import for_reader
from grader.report.view import view
from grader.report.wording import Voice
from grader.web.words import speaker

if TYPE_CHECKING:
    from jinja2 import Environment

    from grader.course.loading import LoadedExercise
    from grader.report.models import Report
    from grader.web.settings import Serving
    from grader.web.verdicts import Verdict

STATIC = {"page.css": "text/css", "live.js": "text/javascript"}
"""Files that pages fetch, and their types."""


def static(name: str) -> tuple[str, str]:
    """Return the type and the text of a file that pages fetch.

    Raises:
        KeyError: there is no such file.

    """
    kind = STATIC[name]
    if name == "page.css":  # that of reports, and what pages of the course have besides
        return kind, f"{stylesheet()}\n{_file('web.css')}"
    return kind, _file(name)


def _file(name: str) -> str:
    file = resources.files("grader.web").joinpath("static", name)
    return file.read_text(encoding="utf-8")


def render(serving: Serving, lang: str, template: str, place: str, **values: Any) -> str:
    """Return a page; ``place``: its address below that of its language."""
    page = _environment(lang).get_template(template)
    return page.render(root=f"/{serving.token}", place=place, **values)


def verdict_values(verdict: Verdict | None, exercise: LoadedExercise, lang: str) -> dict[str, Any]:
    """Return the values of a verdict for templates: view, marked file, notes, and one sentence."""
    t = Translator(lang)
    if verdict is None:
        say = speaker(t)
        sentence = say("none_yet")
        return {"view": None, "marked": None, "noted": "", "sentence": sentence, "statuses": {}}
    report = for_reader(verdict.report, exercise, lang, "student", option=exercise.course.option)
    shown = view(report)
    code = exercise.model.kind == "code"  # answers to questions stand in the form
    marked = marked_source(report, verdict.name, verdict.lines) if code and verdict.lines else None
    return {
        "view": replace(shown, headline=""),
        "marked": marked,
        "noted": "" if verdict.noted is None else verdict.noted.localised(t),
        "sentence": shown.headline or shown.points,
        "statuses": _statuses(report),
    }


def _statuses(report: Report) -> dict[str, tuple[str, str]]:
    """Return the status of each question, as an id and as a word."""
    say = Voice(report)
    return {check.id: (check.status, say(f"status.{check.status}")) for check in report.checks}


def verdict_event(verdict: Verdict | None, exercise: LoadedExercise, lang: str) -> str:
    """Return the data of an event that tells a page the verdict."""
    values = verdict_values(verdict, exercise, lang)
    html = _environment(lang).get_template("verdict.html").render(alone=True, root="", **values)
    return json.dumps({"sentence": values["sentence"], "html": html})


def said(lang: str, name: str) -> str:
    """Return one of the words of the pages."""
    return speaker(Translator(lang))(name)


@cache
def _environment(lang: str) -> Environment:
    pages = environment(lang, "grader.web")
    pages.globals |= {
        "say": speaker(Translator(lang)),
        "languages": [(code, _own_name(code)) for code in LANGUAGES],
        "alone": False,
    }
    pages.filters["plain"] = _plain
    return pages


def _own_name(lang: str) -> str:
    """Return the name of a language in that language."""
    name = Locale.parse(lang).display_name or lang
    return name[:1].upper() + name[1:]


def _plain(text: str) -> str:
    """Return a text within a line without markup, for where a browser shows no other."""
    parts = (
        latex_to_unicode(one.content) if one.kind in {"formula", "display"} else one.content
        for one in pieces(text)
    )
    return "".join(parts).replace("**", "").replace("\n", " ").strip()
