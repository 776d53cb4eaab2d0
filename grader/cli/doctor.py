"""``grader doctor``."""

from __future__ import annotations

import importlib.util
import platform
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, TypedDict

from grader.cli.options import grader_command
from grader.cli.sandbox_advice import advice_for
from grader.cli.sandbox_words import protection_sentence
from grader.course.installed import EXTRAS
from grader.course.languages import msgid
from grader.course.locate import builtin_root
from grader.judge.processes.graphics_card import find_card, first_line
from grader.judge.processes.interpreter import offering
from grader.judge.processes.leak_search import look_inside
from grader.judge.processes.open_factory import open_process_factory
from grader.judge.processes.student_processes import SandboxOptions
from grader.wire.levels import HIGHEST, OWN_CODE_ONLY, Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.cli.context import Context
    from grader.judge.processes.graphics_card import Card


class FoundIsolation(TypedDict):
    """Isolation of this machine, as its fork server reports it."""

    level: int
    missing: list[str]
    details: dict[str, str]
    """The system's error messages, by the missing layer."""


LAYERS = {
    "namespaces": msgid("namespaces: no process, network or personal file of the machine in sight"),
    "landlock": msgid("Landlock: no file but those granted"),
    "seccomp": msgid("seccomp: no system call that harms"),
}
HERE, MISSING = msgid("OK"), msgid("MISSING")
# Shown only if they are missing.
DETAILS = {
    "landlock_abi_3": msgid("Landlock that can forbid emptying files (version 3)"),
    "other_user": msgid("a user of its own for student code, since root started the grader"),
    "limits": msgid("limits on memory and time"),
}
NO_CARD = {
    "build": msgid("this PyTorch is built for the CPU alone"),
    "card": msgid("this machine shows no NVIDIA card"),
    "driver": msgid("the card cannot be used ({{detail}})"),
}
ANSWERS = msgid("answers: from inside, no file of the course or of the grader can be opened")
LIBRARIES = ("numpy", "torch")


@grader_command(msgid("See how well student code can be shut off on this machine, and what helps."))
def command(context: Context) -> int:
    """Start the student's side once, show its isolation, and search for answers from inside."""
    return examined(context)


def examined(context: Context) -> int:
    """Examine the machine and print the results; return the exit code."""
    libraries = tuple(name for name in LIBRARIES if importlib.util.find_spec(name))
    roots = (context.course.root, builtin_root())
    options = SandboxOptions(libraries, tuple(map(str, roots)))
    factory = open_process_factory(options)
    try:
        hello = factory.hello
        found = look_inside(factory, offering(options).offer, roots)
    finally:
        factory.close()
    card = find_card()
    isolation = hello["isolation"]
    # The lowest level promises nothing, which is reported.
    code = 3 if found.opened and isolation["level"] else 0
    if context.json:
        environment = {
            "isolation": isolation,
            "versions": hello["versions"],
            "opened": found.opened,
        }
        context.echo_json({**environment, "card": asdict(card)})
        return code
    _show(context, isolation, hello["versions"], found.opened)
    _show_devices(context, card)
    return code


def _show_devices(context: Context, card: Card) -> None:
    """Print the devices on which answers can compute here."""
    t = context.t
    if card.lacking == "torch":
        install = f"pip install '{EXTRAS['torch']}'"
        said = t(
            "PyTorch is not installed, and some exercises need it: {{install}}", install=install
        )
        context.echo(said)
        return
    if card.usable:
        gibibytes = f"{card.memory / 2**30:.0f}"
        said = t("cuda ({{card}}, {{gibibytes}} GiB)", card=card.name, gibibytes=gibibytes)
        context.echo(t("Devices: {{devices}}", devices=f"cpu, sim, {said}"))
        return
    why = t(NO_CARD[card.lacking], detail=first_line(card.detail))
    devices = t("cpu, sim (a simulated accelerator); no cuda: {{why}}", why=why)
    context.echo(t("Devices: {{devices}}", devices=devices))


def _show(
    context: Context,
    isolation: FoundIsolation,
    versions: Mapping[str, str],
    opened: Sequence[str] = (),
) -> None:
    t = context.t
    level = Level(isolation["level"])
    context.echo(t("Isolation level: {{level}} ({{name}})", level=int(level), name=level.label))
    if level == HIGHEST:
        context.echo(t("There is none higher."))
    missing = isolation["missing"]
    for layer, title in LAYERS.items():
        if layer not in missing:
            context.echo(f"{_mark(context, HERE)}{t(title)}")
    for layer in missing:
        _show_missing(context, layer, isolation["details"].get(layer, ""))
    mark = _mark(context, MISSING if opened else HERE)
    context.echo(f"{mark}{context.t(ANSWERS)}")
    for path in opened:
        context.echo(" " * len(mark) + path)
    if level == OWN_CODE_ONLY:
        context.echo(
            t("Student code can read and change your files here: grade only your own code.")
        )
    known = {t("system"): platform.platform(), **versions}
    context.echo(", ".join(f"{name} {version}" for name, version in known.items()))


def _show_missing(context: Context, layer: str, said: str) -> None:
    """Print what is missing, the system's message, and advice."""
    title = (LAYERS | DETAILS).get(layer)
    mark = _mark(context, MISSING)
    context.echo(f"{mark}{layer if title is None else context.t(title)}")
    helping = (
        context.t(sentence, **values) for sentence, values in advice_for(layer, sys.platform)
    )
    for line in filter(None, (protection_sentence(said, context.t), *helping)):
        context.echo(" " * len(mark) + line)


def _mark(context: Context, mark: str) -> str:
    """Return a mark padded to the widest one, so that the texts are aligned."""
    widest = max(len(context.t(each)) for each in (HERE, MISSING))
    return f"{context.t(mark):<{widest}}  "
