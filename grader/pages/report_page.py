"""The page of a report: the same view as on a terminal, as HTML, with the file that was graded."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from grader.pages.environment import environment
from grader.report.view import view

if TYPE_CHECKING:
    from grader.pages.source import MarkedSource
    from grader.report.models import Report

# The templates are compiled once for all pages of a class.
_environment = cache(environment)


@cache
def stylesheet() -> str:
    """Return the rules of a page of its own, as CSS."""
    return environment("en").get_template("style.css").render()


def report_page(
    report: Report,
    *,
    everything: bool = False,
    source: MarkedSource | None = None,
    without_source: str = "",
) -> str:
    """Return a localised report as one HTML file that fetches nothing.

    ``everything`` lists every check; ``without_source``: why the file that was graded is not shown.
    """
    return page_of(
        "report.html",
        report.lang,
        view=view(report, everything=everything),
        source=source,
        without_source=without_source,
    )


def page_of(template: str, lang: str, **shown: object) -> str:
    """Return a page of its own, which allows no script and no style but ours."""
    style = stylesheet()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _environment(lang)
        .get_template(template)
        .render(
            style=Markup(style),  # noqa: S704 - a file of ours
            style_hash=digest,
            **shown,
        )
    )
