"""The only module that turns errors into sentences and exit codes.

2: wrong use, or an answer that cannot be read. 3: a fault of the grader or of the course.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from typing import TYPE_CHECKING, TextIO

import click

from grader.classroom.errors import ClassFileError
from grader.cli.options import LocalisedUsageError
from grader.cli.words import name_of
from grader.course.console_encoding import RELATIVE
from grader.course.errors import CourseError, UnknownExerciseError
from grader.course.languages import msgid
from grader.course.phrases import joined, listed
from grader.course.system_errors import reason

if TYPE_CHECKING:
    from grader.cli.context import Context
    from grader.course.languages import Translator

# Exit codes; 130 is 128 + SIGINT, as shells report it.
USAGE, FAULT, INTERRUPTED = 2, 3, 130
_OUTPUT_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF}


def run_safely(cli: click.Group, arguments: list[str], context: Context) -> int:
    """Run a command line and return its exit code, whatever happens."""
    for stream in (sys.stdout, sys.stderr):
        _never_raise(stream)
    try:
        code = cli.main(arguments, prog_name="grader", obj=context, standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()  # the reader of the pipe has closed it
        return 1  # as click does
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except OSError as error:
        if not _is_of_output(error):
            return _told_and_left(error, context.t)
        _drop_output()
        why = reason(error).localised(context.t)
        click.echo(context.t("The output cannot be written: {{reason}}.", reason=why), err=True)
        return USAGE
    except Exception as error:  # noqa: BLE001 - nothing may end in a traceback
        return _told_and_left(error, context.t)
    return code if isinstance(code, int) else 0


def _told_and_left(error: Exception, t: Translator) -> int:
    """Print what is wrong; return the exit code."""
    from grader.report.clean import clean  # noqa: PLC0415 - most commands have no error

    sentence, code = told(error, t)
    click.echo(clean(sentence, len(sentence)), err=True)  # names may contain control sequences
    return code


def _is_of_output(error: OSError) -> bool:
    """Return True if standard output cannot be written: only such an error has no file name."""
    return error.filename is None and error.errno in _OUTPUT_ERRORS


def _drop_output() -> None:
    """Discard buffered output, whose flush at exit would fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _never_raise(stream: TextIO) -> None:
    """Replace characters that a console lacks by similar ones."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors=RELATIVE)


def told(error: Exception, t: Translator) -> tuple[str, int]:
    """Return the sentence for an error, and the exit code."""
    match error:
        case click.ClickException():
            return _usage(error, t), USAGE
        case UnknownExerciseError():
            return _unknown(error, t), USAGE
        case ClassFileError():
            where = listed(filter(None, (str(error.file), error.place)), t)
            return joined(t, where, error.problem(t)), USAGE
        case CourseError():
            where = listed(filter(None, (str(error.file), error.place)), t)
            sentence = t("The course is broken, not your answer.")
            return f"{sentence}\n{joined(t, where, error.problem(t))}", FAULT
        case _:
            return _fault(error, t), FAULT


def _unknown(error: UnknownExerciseError, t: Translator) -> str:
    sentence = t("There is no exercise {{name}}.", name=error.name)
    if error.close:
        more = t("Did you mean {{names}}?", names=", ".join(error.close))
    else:
        more = t("All exercises: grader list")
    return f"{sentence} {more}"


def _fault(error: Exception, t: Translator) -> str:
    """Return a sentence that blames only the grader."""
    if os.environ.get("GRADER_DEBUG") == "1":
        return "".join(traceback.format_exception(error))
    sentence = t("This is the grader's own fault, not yours: {{error}}", error=_described(error, t))
    more = t("To see where it happened, set GRADER_DEBUG=1 and try again.")
    return f"{sentence}\n{more}"


def _described(error: Exception, t: Translator) -> str:
    """Return the error for its reader: Python's message is quoted as code."""
    if isinstance(error, OSError) and error.errno is not None:
        parts = (type(error).__name__, error.filename or "", reason(error))
        return joined(t, *parts)
    return f"`{error!r}`"


def _usage(error: click.ClickException, t: Translator) -> str:
    """Return the usage line of the command, and the error."""
    lines = [_problem(error, t)]
    context = getattr(error, "ctx", None)
    if context is not None:
        help_ = t("Help: {{command}}", command=f"{context.command_path} --help")
        lines = [*context.get_usage().split("\n"), *lines, help_]
    return "\n".join(lines)


def _problem(error: click.ClickException, t: Translator) -> str:
    """Return click's most frequent errors in the reader's language."""
    match error:
        case click.NoSuchOption():
            return t("There is no option {{name}}.", name=error.option_name)
        case click.BadOptionUsage():
            return _value(error, t)
        case click.MissingParameter(param=click.Parameter() as parameter):
            return t("{{name}} is missing.", name=name_of(parameter, t))
        case click.BadParameter(
            param=click.Parameter(type=click.Choice(choices=choices)) as option
        ):
            names = ", ".join(str(choice) for choice in choices)
            return t("{{name}} is one of: {{names}}", name=name_of(option, t), names=names)
        case click.BadParameter(param=click.Parameter(type=click.INT) as option):
            return t("{{name}} is a whole number.", name=name_of(option, t))
        case click.BadParameter(param=click.Parameter() as parameter):
            return t("{{name}} cannot have this value.", name=name_of(parameter, t))
        case _ if type(error) in {LocalisedUsageError, click.UsageError}:
            return error.message  # a sentence of the grader
        case _:
            return t("This command line cannot be understood.")


def _value(error: click.BadOptionUsage, t: Translator) -> str:
    """Return that an option lacks its value, or has one and takes none."""
    name, options = error.option_name, [] if error.ctx is None else error.ctx.command.params
    takes = any(
        isinstance(one, click.Option) and name in one.opts and not (one.is_flag or one.count)
        for one in options
    )
    message = msgid("{{name}} needs a value.") if takes else msgid("{{name}} takes no value.")
    return t(message, name=name)
