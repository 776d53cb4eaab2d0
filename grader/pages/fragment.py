"""A report as the output of a cell: HTML for within another page, of which it changes nothing.

Its rules are nested in a rule of its own, so that they match inside alone. An iframe would
have to know its height, and whether the page around it is dark. The colours are pairs, chosen by
what JupyterLab, nbconvert, VS Code and Colab say of their theme.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from grader.pages.environment import environment
from grader.report.view import view

if TYPE_CHECKING:
    from grader.report.models import Report


def report_fragment(report: Report, *, everything: bool = False) -> str:
    """Return a localised report as HTML for the output of a cell; ``everything``: every check."""
    pages = environment(report.lang)
    style = pages.get_template("fragment.css").render()
    return pages.get_template("fragment.html").render(
        view=view(report, everything=everything),
        style=Markup(style),  # noqa: S704 - a file of ours
        in_notebook=True,
    )
