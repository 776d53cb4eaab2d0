"""The entry points ``grader`` and ``grade``, and the table of commands."""

from __future__ import annotations

import gc
import os
import sys
from difflib import get_close_matches
from importlib import import_module
from typing import NoReturn

import click

from grader.cli.context import Context, early_language
from grader.cli.errors import run_safely
from grader.cli.leaving import leave_at_once
from grader.cli.options import LocalisedCommand, LocalisedUsageError, common_options
from grader.course.languages import msgid
from grader.version import __version__

# A command's module is imported when it runs, so that help stays fast.
COMMANDS = {
    "grade": msgid("grade an answer, and say what is right, what is wrong and why"),
    "watch": msgid("give a verdict each time you save an answer"),
    "batch": msgid("grade what a class handed in"),
    "list": msgid("list the exercises"),
    "next": msgid("name the exercise to go on with"),
    "progress": msgid("show how far you are in the course"),
    "show": msgid("show what an exercise asks"),
    "quiz": msgid("answer the questions of a quiz here, one by one, and have them graded"),
    "hint": msgid("show a hint for an exercise"),
    "init": msgid("write the files to start from into a folder"),
    "reset": msgid("begin an exercise anew, and keep your answer beside it"),
    "serve": msgid("show the course as a page in your browser, on this machine alone"),
    "jobe": msgid("judge what CodeRunner in Moodle sends"),
    "similar": msgid("name answers of a class that are alike beyond what the exercise forces"),
    "gradebook": msgid("see, export, mark and regrade what a class has handed in"),
    "lti": msgid("send scores to a learning platform by LTI, and read its class"),
    "moodle": msgid("fetch from a Moodle site what was handed in, and write grades there"),
    "report": msgid("show a report again, in another language or for another reader"),
    "export": msgid("write exercises or results for Moodle, Canvas, GitHub and others"),
    "new": msgid("write the files of a new exercise, for its author to fill in"),
    "release": msgid("make the students' kit of a course, without its answers"),
    "validate": msgid("prove that the exercises of a course judge rightly"),
    "doctor": msgid("see how well student code can be shut off on this machine"),
    "demo": msgid("watch a nearly right answer being explained, and the mended one passing"),
    "schema": msgid("print the JSON Schema of a format"),
    "completion": msgid("have bash, zsh or fish complete commands and exercises"),
}


COMPLETING = "_GRADE_COMPLETE"
LEFT_AT_ONCE = {"grade"}
"""Commands after which the interpreter is not taken apart: they have closed what they opened."""
OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""More than Python's 700: imports make hundreds of thousands, each looked at again and again."""


class LazyGroup(LocalisedCommand, click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"grader.cli.{cmd_name}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"grader.cli.{cmd_name}.command is not a command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the requested command, or report that there is none."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            t = ctx.ensure_object(Context).t
            message = t("There is no command {{name}}.", name=args[0])
            if close := get_close_matches(args[0], COMMANDS):
                message += " " + t("Did you mean {{names}}?", names=", ".join(close))
            raise LocalisedUsageError(message, ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write options, then commands."""
        super().format_options(ctx, formatter)
        t = ctx.ensure_object(Context).t
        with formatter.section(t("Commands")):
            formatter.write_dl([(name, t(summary)) for name, summary in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    help=msgid("Exercises on the foundations of neural networks, graded with an explanation."),
    invoke_without_command=True,
)
@click.version_option(__version__, message="%(version)s", help=msgid("show the version"))
@common_options
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Print help if no command is given."""
    ctx.ensure_object(Context).command = ctx.invoked_subcommand
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main() -> NoReturn:
    """Run ``grader``."""
    run(sys.argv[1:])


def grade() -> NoReturn:
    """Run ``grade``: the same as ``grader grade``."""
    if COMPLETING in os.environ:  # a shell asks for completions
        command = import_module("grader.cli.grade").command
        command.main(prog_name="grade", complete_var=COMPLETING, obj=Context())
    run(["grade", *sys.argv[1:]])


def run(arguments: list[str]) -> NoReturn:
    """Run a command line and exit with its code."""
    # Nearly all that a command imports stays until its end: there is little garbage to look for.
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    context = Context(early_language(arguments))
    code = run_safely(cli, arguments, context)
    if context.command in LEFT_AT_ONCE:
        leave_at_once(code)
    sys.exit(code)
