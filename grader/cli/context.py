"""The context of every command: language, course, and output."""

from __future__ import annotations

import json
import os
import shutil
import sys
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.course.colours import RICH
from grader.course.console_encoding import encodable
from grader.course.languages import LANGUAGES, Translator, choose_language
from grader.course.locate import INDEX
from grader.course.root import course_root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from grader.course.loading import Course
    from grader.course.phrases import Phrase

# Columns: longer lines are harder to read.
WIDTH = 88


class Context:
    """The options common to all commands, and the values derived from them."""

    def __init__(self, lang: str | None = None) -> None:
        """Use ``lang``, or the language of the environment."""
        self.lang = choose_language(lang)
        self._asked_lang = lang
        self.command: str | None = None
        self.course_folder: Path | None = None
        self.json = False
        self.plain = False

    def follow(self, folder: Path) -> None:
        """Use the language of the workspace that contains a folder, unless one was requested."""
        self.lang = choose_language(self._asked_lang, folder)

    @property
    def t(self) -> Translator:
        """The translator into the language of this run."""
        return Translator(self.lang)

    @property
    def named_course(self) -> Path | None:
        """The folder of a course that was named: by option, by GRADER_COURSE."""
        given = os.environ.get("GRADER_COURSE")
        return self.course_folder or (Path(given) if given else None)

    @cached_property
    def course(self) -> Course:
        """The requested course: by option, by GRADER_COURSE; else the built-in one."""
        from grader.course.loading import Course  # noqa: PLC0415 - costs pydantic, help needs none

        return Course(self.course_root, self.course_folder)

    @property
    def course_root(self) -> Path:
        """The folder of the requested course.

        Raises:
            click.UsageError: there is no course in it.

        """
        folder = self.named_course
        if folder is not None and not (folder / INDEX).is_file():
            message = self.t(
                "There is no course in {{folder}}: no {{file}}", folder=folder, file=INDEX
            )
            raise click.UsageError(message)
        return course_root(folder)

    @cached_property
    def fancy(self) -> bool:
        """Whether colours and cursor movement are wanted."""
        return (
            sys.stdout.isatty()
            and not self.plain
            and not self.json
            and not os.environ.get("NO_COLOR")
            and os.environ.get("TERM") != "dumb"
        )

    @property
    def width(self) -> int:
        """The width of plain text: the terminal's, up to a readable maximum."""
        return min(shutil.get_terminal_size((WIDTH, 0)).columns, WIDTH)

    @cached_property
    def console(self) -> Console:
        """A rich console on standard output; without colours if they are not wanted."""
        from rich.console import Console  # noqa: PLC0415 - plain output needs none
        from rich.theme import Theme  # noqa: PLC0415

        if self.fancy:
            console = Console(highlight=False, theme=Theme(RICH))
            if console.width > 0:
                return console
            # COLUMNS=0 is not a width: rich would print nothing.
            return Console(highlight=False, theme=Theme(RICH), width=self.width)
        return Console(highlight=False, no_color=True, force_terminal=False, width=self.width)

    def echo(self, text: str = "") -> None:
        """Print one line, or several, as plain text."""
        sys.stdout.write(encodable(f"{text}\n", sys.stdout.encoding or "ascii"))

    def note(self, told: Phrase | None) -> None:
        """Print a sentence beside the output, if there is one: on standard error."""
        if told is not None:
            from grader.report.clean import clean  # noqa: PLC0415 - names may hold control sequences

            click.echo(clean(told.localised(self.t)), err=True)

    def echo_json(self, data: object, indent: int | None = 2) -> None:
        """Print data for programs, without ``indent`` on one line; as ASCII where UTF-8 is not."""
        ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
        self.echo(json.dumps(data, ensure_ascii=ascii_only, indent=indent))

    def markdown(self, text: str) -> None:
        """Print Markdown with formulas."""
        if self.fancy:
            from grader.cli.markdown import FormulaMarkdown  # noqa: PLC0415 - see console

            self.console.print(FormulaMarkdown(text), width=min(self.console.width, WIDTH))
        else:
            from grader.course.plain_text import markdown_to_text  # noqa: PLC0415

            encoding = sys.stdout.encoding or "ascii"
            self.echo(markdown_to_text(text, self.width, encoding, aloud=True))


def early_language(arguments: Sequence[str]) -> str | None:
    """Return the language among the arguments, before they are parsed.

    Help and usage errors use it as well, at any position of ``--lang``.
    """
    wanted = None
    for argument, following in pairwise([*arguments, ""]):
        if argument == "--":
            break
        if argument == "--lang":
            wanted = following
        elif argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
    return wanted if wanted in LANGUAGES else None
