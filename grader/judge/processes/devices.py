"""The device on which an answer is judged: requested, listed by the exercise, and available."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.course.models import CodeExercise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.course.devices import Device, One, Wanted
    from grader.course.loading import LoadedExercise
    from grader.course.models import Check, MisconceptionSpec
    from grader.judge.processes.graphics_card import Card
    from grader.report.models import Report


@dataclass(frozen=True)
class Choice:
    """The devices on which an answer is judged, one after the other.

    ``instead``: replacing a requested one that the exercise does not list.
    """

    devices: tuple[Device, ...]
    instead: bool = False


@dataclass(frozen=True)
class Disagreement:
    """A check that ended differently on the second device than on the first."""

    check: str
    first: str
    second: str


def choose(listed: Sequence[Device], wanted: Wanted, card: Callable[[], Card]) -> Choice:
    """Return the devices for an answer to an exercise that lists these.

    ``card`` looks for a graphics card, and is called only if that matters.

    Raises:
        SystemFaultError: CUDA was requested and does not compute here.

    """
    if wanted == "auto":
        return Choice((_best(listed, card),))
    needed = "cuda" if wanted == "both" else wanted
    if needed not in listed:
        return Choice((_best(listed, card),), instead=True)
    if needed == "cuda":
        card().require()
    if wanted == "both":
        return Choice(("cuda", "sim" if "sim" in listed else "cpu"))
    return Choice((needed,))


def _best(listed: Sequence[Device], card: Callable[[], Card]) -> Device:
    if "cuda" in listed and (len(listed) == 1 or card().usable):
        return "cuda"
    return "sim" if "sim" in listed else listed[0]


def chosen(exercise: LoadedExercise, wanted: Wanted) -> Choice:
    """Return the devices for an answer to an exercise; questions compute nothing.

    Raises:
        SystemFaultError: CUDA was requested and does not compute here.

    """
    from grader.judge.processes.graphics_card import find_card  # noqa: PLC0415 - where something is judged

    if not isinstance(exercise.model, CodeExercise):
        return Choice(("cpu",))
    return choose(exercise.model.devices, wanted, find_card)


def here(listed: Sequence[Device], card: Callable[[], Card]) -> list[Device]:
    """Return the available ones of these devices."""
    return [device for device in listed if device != "cuda" or card().usable]


def meant_for(part: Check | MisconceptionSpec, devices: Sequence[Device]) -> bool:
    """Return True if a check or a misconception applies to one of these devices."""
    return part.devices is None or any(device in part.devices for device in devices)


def device_for(exercise: LoadedExercise, wanted: One) -> Device:
    """Return the one device on which the answers of a class to an exercise are judged.

    Raises:
        SystemFaultError: CUDA was requested and does not compute here.

    """
    return chosen(exercise, wanted).devices[0]


def disagreements(first: Report, second: Report) -> Iterator[Disagreement]:
    """Yield the checks that apply to both devices and ended differently."""
    others = {check.id: check for check in second.checks}
    for one in first.checks:
        other = others.get(one.id)
        if other is None or "device" in {one.reason, other.reason}:
            continue
        if (one.status, one.reached) != (other.status, other.reached):
            yield Disagreement(one.id, one.status, other.status)
