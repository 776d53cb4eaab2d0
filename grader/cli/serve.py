"""``grader serve``."""

from __future__ import annotations

import importlib.util
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.listening import listen
from grader.cli.options import PLACE, LocalisedUsageError, grader_command
from grader.course.languages import msgid

if TYPE_CHECKING:
    from grader.cli.context import Context

PORT = 8765
_NEEDED = ("jinja2", "latex2mathml", "starlette", "uvicorn", "sse_starlette", "python_multipart")


@grader_command(msgid("Show the course as a page in your browser, on this machine alone."))
@click.argument("folder", type=PLACE, default=Path())
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    metavar="N",
    help=msgid("the port to listen on; 0 takes a free one"),
)
@click.option("--edit", is_flag=True, help=msgid("let code be written in the browser as well"))
def command(context: Context, folder: Path, port: int, *, edit: bool) -> None:
    """Listen on the loopback address, print the address to open, and serve until Ctrl-C."""
    t = context.t
    if not all(map(importlib.util.find_spec, _NEEDED)):
        raise LocalisedUsageError(
            t(
                "The page needs libraries that are not installed: {{command}}",
                command="pip install 'nn-grader[web]'",
            )
        )
    if not folder.is_dir():
        raise LocalisedUsageError(t("There is no folder {{folder}}.", folder=folder))
    context.follow(folder)
    from grader.web.server import serve  # noqa: PLC0415 - see the table in main
    from grader.web.settings import HOST, Serving  # noqa: PLC0415

    listening = listen(context, HOST, port, "grader serve")
    serving = Serving(
        course=context.course,
        folder=folder.resolve(),
        lang=context.lang,
        token=secrets.token_urlsafe(24),
        port=listening.getsockname()[1],
        edit=edit,
    )
    if context.json:
        context.echo_json({"address": serving.address})
    else:
        context.echo(t("Open this address in your browser: {{address}}", address=serving.address))
        context.echo(t("It is for you alone, and works on this machine only. Ctrl-C ends it."))
    sys.stdout.flush()
    serve(serving, listening)
