"""Options common to all commands, and help in the chosen language."""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from grader.cli.context import Context
from grader.cli.words import help_record, in_words, name_of
from grader.course.languages import LANGUAGES, msgid
from grader.course.system_errors import reason
from grader.wire.levels import LEVEL_NAMES, Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.course.languages import Translator

    Function = Callable[..., int | None]
    """A function that click calls with the values of a command's options, by their names."""
    Decorator = Callable[[Function], Function]

T = TypeVar("T")

COMMON = {
    "lang": msgid("language of all texts: {{choices}}"),
    "course": msgid("folder of another course"),
    "json": msgid("print JSON for programs"),
    "plain": msgid("print plain text: no colours, no cursor movement"),
}


class LocalisedUsageError(click.UsageError):
    """A wrong use of a command, reported in the reader's language."""


@contextmanager
def writing(place: Path, t: Translator) -> Iterator[None]:
    """Turn the system's errors of writing to ``place`` into a LocalisedUsageError."""
    try:
        yield
    except FileExistsError:
        raise LocalisedUsageError(t("{{path}} is a file; name a folder.", path=place)) from None
    except OSError as error:
        why = reason(error).localised(t)
        file = error.filename or place
        message = t("{{file}} cannot be written: {{reason}}", file=file, reason=why)
        raise LocalisedUsageError(message) from error


class Place(click.Path):
    """A path as an argument or an option; an empty text does not mean the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path.

        Raises:
            LocalisedUsageError: it is empty.

        """
        if not str(value) and param is not None and ctx is not None:
            t = ctx.ensure_object(Context).t
            raise LocalisedUsageError(
                t("{{name}} is empty: write a path.", name=name_of(param, t)), ctx
            )
        return super().convert(value, param, ctx)


PLACE = Place(path_type=Path)


# Click's own `required` adds an English word to the help.
def required(ctx: click.Context, parameter: click.Parameter, value: T | None) -> T:
    """Refuse a missing option."""
    if value is None:
        raise click.MissingParameter(ctx=ctx, param=parameter)
    return value


class LocalisedCommand(click.Command):
    """A command whose help and usage errors come in the chosen language.

    Its help, and that of its options, is English in the code and translated when it is shown.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, and report superfluous arguments in the reader's language."""
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # click's parser leaves it out, and with it usage and help
            raise
        if rest and not isinstance(self, click.Group):
            t = ctx.ensure_object(Context).t
            surplus = " ".join(rest)
            message = t.plural(
                "There is one argument too many: {{surplus}}",
                "There are too many arguments: {{surplus}}",
                len(rest),
                surplus=surplus,
            )
            raise LocalisedUsageError(message, ctx)
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option --help with our own words."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = msgid("show this help")
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the parts of the usage line."""
        t = ctx.ensure_object(Context).t
        return [in_words(piece, t) for piece in super().collect_usage_pieces(ctx)]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        label = ctx.ensure_object(Context).t("Usage:")
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{label} ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(ctx.ensure_object(Context).t(str(self.help)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        t = ctx.ensure_object(Context).t
        options = (param for param in self.get_params(ctx) if isinstance(param, click.Option))
        records = [help_record(option, ctx, t) for option in options]
        with formatter.section(t("Options")):
            formatter.write_dl([record for record in records if record])


def common_options(command: Function) -> Function:
    """Add --lang, --course, --json and --plain, which set the Context and nothing else."""
    for decorate in (
        click.option(
            "--plain",
            is_flag=True,
            expose_value=False,
            callback=_keep("plain"),
            help=COMMON["plain"],
        ),
        click.option(
            "--json", is_flag=True, expose_value=False, callback=_keep("json"), help=COMMON["json"]
        ),
        click.option(
            "--course",
            type=PLACE,
            expose_value=False,
            callback=_keep("course_folder"),
            metavar="DIR",
            help=COMMON["course"],
        ),
        click.option(
            "--lang",
            type=click.Choice(LANGUAGES),
            expose_value=False,
            callback=_keep("lang"),
            metavar="LANG",
            help=COMMON["lang"],
        ),
    ):
        command = decorate(command)
    return command


def _keep(name: str) -> Callable[[click.Context, click.Parameter, object], None]:
    """Return a callback that notes an option which was given, before or after the command."""

    def keep(ctx: click.Context, _: click.Parameter, value: object) -> None:
        if value:
            setattr(ctx.ensure_object(Context), name, value)

    return keep


def _level(_ctx: click.Context, _parameter: click.Parameter, name: str) -> Level:
    return Level.named(name)


def isolation_option(default: Level) -> Decorator:
    """Add --require-isolation LEVEL to a command that runs submissions."""
    return click.option(
        "--require-isolation",
        type=click.Choice(LEVEL_NAMES),
        default=default.label,
        callback=_level,
        metavar="LEVEL",
        help=msgid(
            "refuse to run code that is less shut off: own-code-only, no-open, kernel, full"
        ),
    )


def device_option(values: Sequence[str]) -> Decorator:
    """Add --device DEVICE to a command that runs submissions."""
    one = msgid("where to compute: auto, cpu, sim (a simulated accelerator), cuda (an NVIDIA card)")
    both = msgid(
        "where to compute: auto, cpu, sim (a simulated accelerator), cuda (an NVIDIA card), both "
        "(of the last two)"
    )
    return click.option(
        "--device",
        type=click.Choice(values),
        default="auto",
        metavar="DEVICE",
        help=both if "both" in values else one,
    )


def pictures_option(command: Function) -> Function:
    """Add --pictures DIR to a command that has pictures to show."""
    return click.option(
        "--pictures",
        type=PLACE,
        metavar="DIR",
        help=msgid("write pictures into this folder, as PNG, as SVG and in words"),
    )(command)


def html_option(command: Function) -> Function:
    """Add --html FILE to a command that shows a report."""
    return click.option(
        "--html",
        "html",
        type=PLACE,
        metavar="FILE",
        help=msgid("write the report as a page into this file as well"),
    )(command)


def checks_option(command: Function) -> Function:
    """Add --check to a command that grades."""
    return click.option(
        "--check",
        "checks",
        multiple=True,
        metavar="NAME",
        help=msgid("run this check alone, and show what it prints; may be repeated"),
    )(command)


def everything_option(command: Function) -> Function:
    """Add --all to a command that shows a report."""
    return click.option(
        "--all",
        "everything",
        is_flag=True,
        help=msgid("list every check, not only what is to be mended"),
    )(command)


def collected(
    arguments: Callable[..., T],
) -> Callable[[Callable[[Context, T], int | None]], Function]:
    """Call a command with one object that holds its arguments and options by their names."""

    def decorate(function: Callable[[Context, T], int | None]) -> Function:
        @wraps(function)
        def run(context: Context, **given: object) -> int | None:
            return function(context, arguments(**given))

        return run

    return decorate


def grader_command(
    summary: str, cls: type[LocalisedCommand] = LocalisedCommand
) -> Callable[[Function], click.Command]:
    """Make a command of a function whose first argument is the Context.

    The function returns the exit code, or None for 0. ``summary`` is a ``msgid``.
    """

    def decorate(function: Function) -> click.Command:
        command = common_options(click.make_pass_decorator(Context)(function))
        return click.command(cls=cls, help=summary)(command)

    return decorate
