"""The environment of all templates, in which everything is text that was not made as HTML here."""

from __future__ import annotations

import base64
from importlib import resources
from typing import TYPE_CHECKING

from jinja2 import DictLoader, Environment, StrictUndefined

from grader.course.languages import Translator
from grader.pages.prose import as_html, line_as_html
from grader.pictures.files import as_svg
from grader.pictures.render_scene import available

if TYPE_CHECKING:
    from grader.report.entries import Drawn

# Columns of pictures that are shown as text.
TEXT_WIDTH = 80


def environment(lang: str, *packages: str) -> Environment:
    """Return the environment for a language, with the templates of pages and of ``packages``.

    Pictures need matplotlib; without it they are text.
    """
    t = Translator(lang)
    pages = Environment(
        loader=DictLoader(_templates("grader.pages", *packages)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.globals |= {"lang": lang, "t": t, "width": TEXT_WIDTH}
    pages.filters["markdown"] = as_html
    pages.filters["markdown_line"] = line_as_html
    pages.filters["kind"] = lambda part: type(part).__name__
    pages.filters["image"] = lambda drawn: _image(drawn, t)
    pages.filters["alternative"] = lambda drawn: drawn.drawing.alternative(t)
    return pages


def _templates(*packages: str) -> dict[str, str]:
    """Return the texts of all templates, by file name."""
    folders = [resources.files(package) / "templates" for package in packages]
    return {
        file.name: file.read_text(encoding="utf-8")
        for folder in folders
        for file in folder.iterdir()
        if file.is_file()
    }


def _image(drawn: Drawn, t: Translator) -> str | None:
    """Return a picture as a data URL, None if nothing can draw it."""
    if not available():
        return None
    svg = as_svg(drawn.drawing, drawn.caption, t)
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
