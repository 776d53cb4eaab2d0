"""Reports as pages, for the commands that show one."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import click

from grader.cli.options import LocalisedUsageError, writing

if TYPE_CHECKING:
    from pathlib import Path

    from grader.cli.context import Context
    from grader.report.models import Report

_NEEDED = ("jinja2", "latex2mathml")


def require_pages(context: Context) -> None:
    """Check that the packages for pages are installed.

    Raises:
        LocalisedUsageError: they are not.

    """
    if not all(map(importlib.util.find_spec, _NEEDED)):
        raise LocalisedUsageError(
            context.t(
                "Pages need Jinja2 and latex2mathml, which are not installed: {{command}}",
                command="pip install 'nn-grader[pages]'",
            )
        )


def write_page(context: Context, file: Path, report: Report, *, everything: bool) -> None:
    """Write a localised report as a page, and print its path.

    With --json standard output contains only JSON: then the path goes to standard error.
    """
    from grader.pages.report_page import report_page  # noqa: PLC0415 - few ask for a page

    page = report_page(report, everything=everything)
    with writing(file, context.t):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page, encoding="utf-8", newline="\n")
    click.echo(context.t("Page: {{file}}", file=file), err=context.json)
