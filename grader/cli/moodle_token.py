"""The teacher's token: from a file, from the environment, or asked for and not shown."""

from __future__ import annotations

import os
import re
import stat
import sys
from typing import TYPE_CHECKING

import click

from grader.cli.options import LocalisedUsageError
from grader.course.phrases import phrase
from grader.course.system_errors import reason

if TYPE_CHECKING:
    from pathlib import Path

    from grader.cli.context import Context

VARIABLE = "GRADER_MOODLE_TOKEN"
_TOKEN = re.compile(r"[A-Za-z0-9]{8,256}")
_LIMIT = 4096  # bytes of a file


def read_token(context: Context, file: Path | None) -> str:
    """Return the token.

    Raises:
        LocalisedUsageError: there is none, or what is there is no token. It is not repeated.

    """
    text = _text(context, file).strip()
    if not _TOKEN.fullmatch(text):
        raise LocalisedUsageError(
            context.t("What was given is no token of Moodle's: it has letters and digits alone.")
        )
    return text


def _text(context: Context, file: Path | None) -> str:
    if file is not None:
        return _of_file(context, file)
    given = os.environ.get(VARIABLE, "")
    if given:
        return given
    if not sys.stdin.isatty():
        raise LocalisedUsageError(
            context.t(
                "Give your token with --token-file FILE or in ${{variable}}: a command line can be "
                "read by everybody on the machine.",
                variable=VARIABLE,
            )
        )
    answer: str = click.prompt(context.t("Token"), hide_input=True, err=True)
    return answer


def _of_file(context: Context, file: Path) -> str:
    try:
        with file.open("rb") as opened:
            data = opened.read(_LIMIT)
            mode = os.fstat(opened.fileno()).st_mode
    except OSError as error:
        why = reason(error).localised(context.t)
        raise LocalisedUsageError(
            context.t("{{file}} cannot be read: {{reason}}", file=file, reason=why)
        ) from None
    if stat.S_IMODE(mode) & 0o077:
        context.note(
            phrase("Others on this machine can read {{file}}: chmod 600 makes it yours.", file=file)
        )
    return data.decode("utf-8-sig", "replace")
