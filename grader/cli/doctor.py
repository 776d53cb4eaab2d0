"""``grader doctor``."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, Any

from grader.cli.options import grader_command
from grader.course.languages import msgid
from grader.judge.nursery import Equipment, open_nursery
from grader.judge.run import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.cli.context import Context

# Layers of a level that is still to come: no machine lacks them.
LATER = ("namespaces",)
HIGHEST_BUILT = LEVELS.index("kernel")
LAYERS = {
    "namespaces": msgid("namespaces and a read-only root (not built yet)"),
    "landlock": msgid("Landlock: no file but those granted"),
    "seccomp": msgid("seccomp: no system call that harms"),
}
MENDS = {
    "landlock": msgid(
        "use a Linux kernel 5.13 or newer with Landlock among its security modules (lsm=…,landlock)"
    ),
    "seccomp": msgid("use Linux on x86-64 or aarch64 with seccomp filters; on Windows: WSL2"),
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
    if level >= HIGHEST_BUILT:
        context.echo(t("That is the highest level that is built."))
    details: Mapping[str, str] = isolation["details"]
    for layer, title in LAYERS.items():
        if layer in isolation["missing"] and layer in LATER:
            context.echo(f"LATER    {t(title)}")
        elif layer in isolation["missing"]:
            context.echo(f"MISSING  {t(title)}")
            if layer in details:
                context.echo(f"         {details[layer]}")
            context.echo(f"         {t(MENDS[layer])}")
        else:
            context.echo(f"OK       {t(title)}")
    for other in isolation["missing"]:
        if other not in LAYERS:
            context.echo(f"MISSING  {other}  {details.get(other, '')}".rstrip())
    if level == 0:
        context.echo(
            t("Student code can read and change your files here: grade only your own code.")
        )
    known = {"system": platform.platform(), **versions}
    context.echo(", ".join(f"{name} {version}" for name, version in known.items()))
