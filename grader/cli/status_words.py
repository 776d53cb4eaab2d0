"""The meanings of the words before the checks of a report, for the help of ``grade``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.cli.context import Context
from grader.cli.options import LocalisedCommand
from grader.course.languages import msgid

if TYPE_CHECKING:
    import click

MEANINGS = {
    "status.passed": msgid("right"),
    "status.failed": msgid("there is a result, and it is wrong"),
    "status.error": msgid("your code stopped, or returned what cannot be graded"),
    "status.timeout": msgid("it computed, or waited, longer than allowed"),
    "status.memory": msgid("it needed more memory than allowed"),
    "status.crash": msgid("Python itself ended or broke down"),
    "status.not_run": msgid("it builds on another check, or there was no time or device for it"),
    "status.needs_review": msgid(
        "right as far as can be checked, or a text: a teacher looks at it first"
    ),
    "status.unanswered": msgid("a question without an answer yet, which is no mistake"),
    "view.hidden": msgid("checks that are not displayed: their points, and no more"),
    "view.note": msgid("your file was graded, but something in it was passed over"),
}


class ExplainsStatusWords(LocalisedCommand):
    """A command whose help ends with the words that its reports use."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each word and its meaning, in the reader's language."""
        from grader.report.messages import sentence  # noqa: PLC0415 - only help wants it

        context = ctx.ensure_object(Context)
        words = [
            (sentence(id_, {}, context.lang) or id_, context.t(meaning))
            for id_, meaning in MEANINGS.items()
        ]
        with formatter.section(context.t("Words in a report")):
            formatter.write_dl(words)
