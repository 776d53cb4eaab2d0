"""``grader jobe``."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.batch_options import exit_on_error
from grader.cli.class_option import class_option, class_rules
from grader.cli.counts import at_least, jobs_option
from grader.cli.listening import listen
from grader.cli.options import (
    PLACE,
    LocalisedUsageError,
    collected,
    device_option,
    grader_command,
    isolation_option,
)
from grader.course.devices import ONE
from grader.course.languages import msgid
from grader.wire.levels import FULL

if TYPE_CHECKING:
    from grader.cli.context import Context
    from grader.course.devices import One
    from grader.jobe.settings import Admission, JobeSettings
    from grader.wire.levels import Level

HOST, PORT = "127.0.0.1", 4000
PLACES, WARM = 200, 8
_NEEDED = ("jinja2", "latex2mathml", "starlette", "uvicorn")


@dataclass(frozen=True)
class JobeArguments:
    """The values behind ``grader jobe``: a field for each argument and option, of the same name."""

    exercises: tuple[str, ...]
    host: str
    port: int
    key_file: Path | None
    jobs: int
    queue: int
    warm: int
    device: One
    require_isolation: Level
    practice: bool
    class_file: Path | None
    attempts: Path | None


@grader_command(msgid("Judge what CodeRunner in Moodle sends, as a server that speaks Jobe."))
@click.argument("exercises", nargs=-1)
@click.option(
    "--key-file",
    type=PLACE,
    metavar="FILE",
    help=msgid("the file that holds the API key; else it is taken from $GRADER_JOBE_KEY"),
)
@click.option("--host", default=HOST, metavar="ADDRESS", help=msgid("the address to listen on"))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    metavar="N",
    help=msgid("the port to listen on; 0 takes a free one"),
)
@jobs_option
@click.option(
    "--queue",
    type=int,
    default=PLACES,
    callback=at_least(0),
    metavar="N",
    help=msgid("how many may wait; those beyond are asked to come again"),
)
@click.option(
    "--warm",
    type=int,
    default=WARM,
    callback=at_least(1),
    metavar="N",
    help=msgid("how many judges to keep ready; one with PyTorch takes some 300 MB"),
)
@click.option(
    "--practice",
    is_flag=True,
    help=msgid("draw the same inputs for all attempts, as `grade` does: for quizzes without marks"),
)
@class_option
@click.option(
    "--attempts",
    type=PLACE,
    metavar="FILE",
    help=msgid("where the attempts are kept that the rules of the class count"),
)
@device_option(ONE)
@isolation_option(FULL)
@collected(JobeArguments)
def command(context: Context, asked: JobeArguments) -> None:
    """Check key and machine, listen, and serve until the process is to end."""
    t = context.t
    if not all(map(importlib.util.find_spec, _NEEDED)):
        raise LocalisedUsageError(
            t(
                "The server needs libraries that are not installed: {{command}}",
                command="pip install 'nn-grader[jobe]'",
            )
        )
    settings = _settings(context, asked)
    from grader.jobe.server import BACKLOG, serve  # noqa: PLC0415 - see the table in main

    listening = listen(context, asked.host, asked.port, "grader jobe", BACKLOG)
    host, port = listening.getsockname()[:2]
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    if context.json:
        context.echo_json({"address": address, "isolation": settings.level.label}, indent=None)
    else:
        context.echo(t("“Jobe server” in CodeRunner's settings: {{address}}", address=address))
        level, jobs = settings.level.label, settings.jobs
        context.echo(
            t.plural(
                "Isolation level {{level}}, {{n}} answer at a time. Ctrl-C ends it.",
                "Isolation level {{level}}, {{n}} answers at a time. Ctrl-C ends it.",
                jobs,
                level=level,
            )
        )
    sys.stdout.flush()
    serve(settings, listening)


def _settings(context: Context, asked: JobeArguments) -> JobeSettings:
    """Read the key, find the exercises, and probe the machine."""
    from grader.batch.isolation import IsolationProbe  # noqa: PLC0415 - see the table in main
    from grader.jobe.errors import SettingsError  # noqa: PLC0415
    from grader.jobe.key import read_key  # noqa: PLC0415
    from grader.jobe.settings import JobeSettings  # noqa: PLC0415

    try:
        key = read_key(asked.key_file)
        admission = _admission(context, asked)
    except SettingsError as error:
        raise LocalisedUsageError(error.localised(context.t)) from None
    only = tuple(context.course.exercise(name) for name in asked.exercises)
    for exercise in only:
        if exercise.model.kind != "code":
            raise LocalisedUsageError(
                context.t(
                    "{{exercise}} has no code to be judged: Moodle asks such questions itself.",
                    exercise=exercise.model.id,
                )
            )
    with exit_on_error(context), IsolationProbe() as probe:
        level = probe.sufficient_level(asked.require_isolation)
    return JobeSettings(
        course=context.course,
        key=key,
        level=level,
        device=asked.device,
        jobs=asked.jobs,
        places=asked.queue,
        warm=max(asked.warm, asked.jobs),
        practice=asked.practice,
        only=tuple(dict.fromkeys(only)),
        admission=admission,
    )


def _admission(context: Context, asked: JobeArguments) -> Admission:
    """Return who may try when: everybody, or as the rules of a class say.

    Raises:
        SettingsError: the file of attempts cannot be used.

    """
    from grader.jobe.attempts import Attempts  # noqa: PLC0415 - see the table in main
    from grader.jobe.settings import everyone  # noqa: PLC0415

    rules = class_rules(context, asked.class_file)
    if rules is None or not any(
        one.attempts is not None or one.pause for one in (rules.whole, *rules.exercises.values())
    ):
        return everyone
    if asked.attempts is None:
        sentence = context.t(
            "{{file}} limits attempts: say where they are kept, with --attempts FILE.",
            file=rules.file,
        )
        raise LocalisedUsageError(sentence)
    return Attempts(rules, asked.attempts).attempt
