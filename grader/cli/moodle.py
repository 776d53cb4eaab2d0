"""``grader moodle``: assignments of a Moodle site, by its web services."""

from __future__ import annotations

import importlib.util
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from grader.cli.errors import INTERRUPTED, USAGE
from grader.cli.gradebook_options import Group, print_lines
from grader.cli.moodle_token import read_token
from grader.cli.options import (
    PLACE,
    LocalisedUsageError,
    common_options,
    grader_command,
    required,
)
from grader.course.languages import msgid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from grader.cli.context import Context
    from grader.moodle.site import Site

NOT_ALL = 1
_EVERY = 25  # of a long run, after how many a line is printed

_SITE = click.option(
    "--site",
    envvar="GRADER_MOODLE_SITE",
    metavar="URL",
    help=msgid("the site, such as https://moodle.example.org; else $GRADER_MOODLE_SITE"),
)
_TOKEN = click.option(
    "--token-file",
    type=PLACE,
    metavar="FILE",
    help=msgid("read your token from this file; else from $GRADER_MOODLE_TOKEN, else it is asked"),
)


@click.group(
    cls=Group,
    help=msgid("Fetch what a class handed in from Moodle, and write grades and feedback there."),
    invoke_without_command=True,
)
@common_options
@click.pass_context
def command(ctx: click.Context) -> None:
    """Print help if no command is given."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@grader_command(msgid("List the assignments that you grade, with the groups of their courses."))
@_SITE
@_TOKEN
def list_(context: Context, site: str | None, token_file: Path | None) -> None:
    """Read courses, assignments and groups."""
    from grader.moodle.told import assignments_data, assignments_lines  # noqa: PLC0415 - as below

    with _open(context, site, token_file) as opened:
        found = [(course, opened.groups(course.id)) for course in opened.courses()]
    if context.json:
        context.echo_json(assignments_data(found))
    else:
        print_lines(context, assignments_lines(found, context.t))


@grader_command(msgid("Fetch what was handed in for an assignment into a folder."))
@click.argument("number", type=click.INT)
@click.option(
    "--out",
    type=PLACE,
    callback=required,
    metavar="DIR",
    help=msgid("the folder; the same one again fetches what is new"),
)
@_SITE
@_TOKEN
def fetch(
    context: Context,
    number: int,
    out: Path,
    site: str | None,
    token_file: Path | None,
) -> int:
    """Fetch, and say what it is."""
    from grader.moodle.fetch import fetch as fetched_into  # noqa: PLC0415 - help needs no httpx
    from grader.moodle.told import fetched_data, fetched_lines  # noqa: PLC0415

    with _open(context, site, token_file) as opened:
        done = fetched_into(opened, number, out, _progress(context))
    if context.json:
        context.echo_json(fetched_data(done))
    else:
        print_lines(context, fetched_lines(done, out, context.t))
    return NOT_ALL if done.refused else 0


@grader_command(msgid("Write grades and feedback of a batch to the site that it was fetched from."))
@click.argument("fetched", type=PLACE)
@click.argument("graded", type=PLACE)
@click.option("--dry-run", is_flag=True, help=msgid("write nothing, and say what would be written"))
@_TOKEN
def push(
    context: Context,
    fetched: Path,
    graded: Path,
    dry_run: bool,
    token_file: Path | None,
) -> int:
    """Write what is to be written, and list the rest."""
    from grader.moodle.fetch import read_manifest  # noqa: PLC0415 - help needs no httpx
    from grader.moodle.grade_sheet import SHEET, read_sheet  # noqa: PLC0415
    from grader.moodle.journal import JOURNAL, Journal  # noqa: PLC0415
    from grader.moodle.push import Push  # noqa: PLC0415
    from grader.moodle.told import pushed_data, pushed_lines  # noqa: PLC0415

    with _told(context):
        manifest = read_manifest(fetched)
        sheet = read_sheet(graded / SHEET)
        journal = Journal(graded / JOURNAL)
        with _open(context, manifest.site, token_file) as opened:
            done = Push(opened, manifest, sheet, graded, journal).run(
                _progress(context), dry=dry_run
            )
    if context.json:
        context.echo_json(pushed_data(done, dry=dry_run))
    else:
        print_lines(context, pushed_lines(done, context.t, dry=dry_run))
    if done.stopped is not None:
        click.echo(done.stopped.sentence(context.t), err=True)
        return USAGE
    return NOT_ALL if done.of("kept") else 0


for _one, _name in ((list_, "list"), (fetch, "fetch"), (push, "push")):
    command.add_command(_one, _name)


@contextmanager
def _told(context: Context) -> Iterator[None]:
    """Report what has stopped a command."""
    from grader.moodle.errors import MoodleError  # noqa: PLC0415

    try:
        yield
    except MoodleError as error:
        click.echo(error.sentence(context.t), err=True)
        raise click.exceptions.Exit(USAGE) from None
    except KeyboardInterrupt:
        message = context.t("Stopped. Nothing is lost: the same command goes on where this ended.")
        click.echo(message, err=True)
        raise click.exceptions.Exit(INTERRUPTED) from None


@contextmanager
def _open(context: Context, site: str | None, token_file: Path | None) -> Iterator[Site]:
    """Open a site with the teacher's token, and report what goes wrong there."""
    t = context.t
    if importlib.util.find_spec("httpx") is None:
        raise LocalisedUsageError(
            t(
                "This needs httpx, which is not installed: {{command}}",
                command="pip install 'nn-grader[moodle]'",
            )
        )
    if not site:
        raise LocalisedUsageError(t("Name the site: --site https://…, or $GRADER_MOODLE_SITE."))
    with _told(context):
        from grader.moodle.address import site_address  # noqa: PLC0415 - help needs no httpx
        from grader.moodle.client import Client  # noqa: PLC0415
        from grader.moodle.site import Site  # noqa: PLC0415

        address = site_address(site)
        token = read_token(context, token_file)
        with Client(address, token) as client:
            yield Site(client)


def _progress(context: Context) -> Callable[[int, int], None]:
    """Return a function that prints a line now and then on standard error."""

    def told(number: int, total: int) -> None:
        if number % _EVERY == 0 and number < total and not context.json:
            line = context.t("{{number}} of {{total}} done", number=number, total=total)
            click.echo(line, err=True)
            sys.stderr.flush()

    return told
