"""The page of a report: the same view as on a terminal, as HTML."""

from __future__ import annotations

import base64
from importlib import resources
from typing import TYPE_CHECKING

from jinja2 import DictLoader, Environment, StrictUndefined, select_autoescape

from grader.course.languages import Translator
from grader.pages.prose import as_html, line_as_html
from grader.pictures.files import as_svg
from grader.pictures.render_scene import available
from grader.report.view import view

if TYPE_CHECKING:
    from grader.report.entries import Drawn
    from grader.report.models import Report

_TEMPLATES = resources.files("grader.pages") / "templates"
# Columns of pictures that are shown as text.
_TEXT_WIDTH = 80


def report_page(report: Report, *, everything: bool = False) -> str:
    """Return a localised report as one HTML file that fetches nothing.

    ``everything`` lists every check. Pictures need matplotlib; without it they are text.
    """
    t = Translator(report.lang)
    names = ("report.html", "style.css")
    texts = {name: (_TEMPLATES / name).read_text(encoding="utf-8") for name in names}
    pages = Environment(
        loader=DictLoader(texts),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["markdown"] = as_html
    pages.filters["markdown_line"] = line_as_html
    pages.filters["kind"] = lambda part: type(part).__name__
    pages.filters["image"] = lambda drawn: _image(drawn, t)
    pages.filters["alternative"] = lambda drawn: drawn.drawing.alternative(t)
    return pages.get_template("report.html").render(
        lang=report.lang, view=view(report, everything=everything), width=_TEXT_WIDTH
    )


def _image(drawn: Drawn, t: Translator) -> str | None:
    """Return a picture as a data URL, None if nothing can draw it."""
    if not available():
        return None
    svg = as_svg(drawn.drawing, drawn.caption, t)
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
