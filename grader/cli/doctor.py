"""``grader doctor``."""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING, Any

from grader.cli.mends import mends
from grader.cli.options import grader_command
from grader.course.languages import msgid
from grader.judge.nursery import Equipment, open_nursery
from grader.judge.run import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.cli.context import Context

LAYERS = {
    "namespaces": msgid("namespaces: no process, network or personal file of the machine in sight"),
    "landlock": msgid("Landlock: no file but those granted"),
    "seccomp": msgid("seccomp: no system call that harms"),
}
HERE, MISSING = msgid("OK"), msgid("MISSING")
# Shown only where they are missing.
DETAILS = {
    "landlock_abi_3": msgid("Landlock that can forbid emptying files (version 3)"),
    "other_user": msgid("a user of its own for student code, since root started the grader"),
    "limits": msgid("limits on memory and time"),
}


@grader_command(msgid("See how well student code can be shut off on this machine, and what helps."))
def command(context: Context) -> int:
    """Start the student's side once, and show what it found."""
    nursery = open_nursery(Equipment(("numpy",), ()))
    try:
        hello = nursery.hello
    finally:
        nursery.close()
    isolation = hello["isolation"]
    if context.json:
        context.echo_json({"isolation": isolation, "versions": hello["versions"]})
        return 0
    _show(context, isolation, hello["versions"])
    return 0


def _show(context: Context, isolation: Mapping[str, Any], versions: Mapping[str, str]) -> None:
    t = context.t
    level = int(isolation["level"])
    context.echo(t("Isolation level: {{level}} ({{name}})", level=level, name=LEVELS[level]))
    if level == len(LEVELS) - 1:
        context.echo(t("There is none higher."))
    missing = isolation["missing"]
    for layer, title in LAYERS.items():
        if layer not in missing:
            context.echo(f"{_mark(context, HERE)}{t(title)}")
    for layer in missing:
        _show_missing(context, layer, isolation["details"].get(layer, ""))
    if level == 0:
        context.echo(
            t("Student code can read and change your files here: grade only your own code.")
        )
    known = {"system": platform.platform(), **versions}
    context.echo(", ".join(f"{name} {version}" for name, version in known.items()))


def _show_missing(context: Context, layer: str, said: str) -> None:
    """Show what is missing, what the system said, and what helps."""
    title = (LAYERS | DETAILS).get(layer)
    mark = _mark(context, MISSING)
    context.echo(f"{mark}{layer if title is None else context.t(title)}")
    helping = (context.t(sentence, **values) for sentence, values in mends(layer, sys.platform))
    for line in filter(None, (said, *helping)):
        context.echo(" " * len(mark) + line)


def _mark(context: Context, mark: str) -> str:
    """Return a mark as wide as the widest one, so that what follows stands in a column."""
    widest = max(len(context.t(each)) for each in (HERE, MISSING))
    return f"{context.t(mark):<{widest}}  "
