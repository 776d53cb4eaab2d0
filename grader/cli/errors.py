"""The one place where errors become sentences and exit codes.

2: wrong use, or an answer that cannot be read. 3: the fault of the grader or of the course.
"""

from __future__ import annotations

import os
import sys
import traceback
from typing import TYPE_CHECKING, TextIO

import click

from grader.course.errors import CourseError, UnknownExercise
from grader.course.phrases import joined, listed

if TYPE_CHECKING:
    from grader.cli.context import Context
    from grader.course.languages import Translator

USAGE, FAULT, INTERRUPTED = 2, 3, 130


def guarded(cli: click.Group, arguments: list[str], context: Context) -> int:
    """Run a command line and return its exit code, whatever happens."""
    for stream in (sys.stdout, sys.stderr):
        _never_raise(stream)
    try:
        code = cli.main(arguments, prog_name="grader", obj=context, standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has seen enough; nothing is left to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1  # as click does
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - nothing may end in a traceback
        from grader.report.clean import clean  # noqa: PLC0415 - most commands have no error

        sentence, code = _told(error, context.t)
        click.echo(clean(sentence, len(sentence)), err=True)  # names of files may steer a terminal
    return code if isinstance(code, int) else 0


def _never_raise(stream: TextIO) -> None:
    """Let a console that lacks a character show a question mark."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _told(error: Exception, t: Translator) -> tuple[str, int]:
    """Return the sentence for an error, and the exit code."""
    match error:
        case click.ClickException():
            return _usage(error, t), USAGE
        case UnknownExercise():
            return _unknown(error, t), USAGE
        case CourseError():
            where = listed(filter(None, (str(error.file), error.place)), t)
            sentence = t("The course is broken, not your answer.")
            return f"{sentence}\n{joined(t, where, error.problem(t))}", FAULT
        case _:
            return _fault(error, t), FAULT


def _unknown(error: UnknownExercise, t: Translator) -> str:
    sentence = t("There is no exercise {{name}}.", name=error.name)
    if error.close:
        more = t("Did you mean {{names}}?", names=", ".join(error.close))
    else:
        more = t("All exercises: grader list")
    return f"{sentence} {more}"


def _fault(error: Exception, t: Translator) -> str:
    """Say that nobody but the grader is to blame."""
    if os.environ.get("GRADER_DEBUG") == "1":
        return "".join(traceback.format_exception(error))
    sentence = t("This is the grader's own fault, not yours: {{error}}", error=repr(error))
    more = t("To see where it happened, set GRADER_DEBUG=1 and try again.")
    return f"{sentence}\n{more}"


def _usage(error: click.ClickException, t: Translator) -> str:
    """Return the usage line of the command, and what is wrong."""
    lines = [_problem(error, t)]
    context = getattr(error, "ctx", None)
    if context is not None:
        help_ = t("Help: {{command}}", command=f"{context.command_path} --help")
        lines = [*context.get_usage().split("\n"), *lines, help_]
    return "\n".join(lines)


def _problem(error: click.ClickException, t: Translator) -> str:
    """Word click's own errors in the reader's language, the frequent ones."""
    match error:
        case click.NoSuchOption():
            return t("There is no option {{name}}.", name=error.option_name)
        case click.MissingParameter(param=click.Parameter() as parameter):
            return t("{{name}} is missing.", name=_name(parameter))
        case click.BadParameter(
            param=click.Parameter(type=click.Choice(choices=choices)) as option
        ):
            names = ", ".join(str(choice) for choice in choices)
            return t("{{name}} is one of: {{names}}", name=_name(option), names=names)
        case click.BadParameter(param=click.Parameter(type=click.INT) as option):
            return t("{{name}} is a whole number.", name=_name(option))
        case _:
            return error.format_message()


def _name(parameter: click.Parameter) -> str:
    """Return what the usage line calls a parameter."""
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return parameter.metavar or str(parameter.name).upper()
