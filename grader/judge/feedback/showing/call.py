"""The choice of the call that shows a mistake, and its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from grader.judge.failures import ComparedResult, Finding, Spot
from grader.judge.feedback.check_metadata import note
from grader.judge.feedback.outcome_equality import Measure, same_outcome
from grader.judge.feedback.precision import coarsest_epsilon
from grader.judge.feedback.showing.literal import Written, argument, result
from grader.judge.processes.outcomes import Raised, Returned
from grader.report.models import ShownArgument, ShownCall
from grader.wire.values import GeneratorItems, Tensor

if TYPE_CHECKING:
    from grader.course.models import CodeExercise
    from grader.judge.checking.function_namespace import RecordedCall
    from grader.judge.feedback.diagnosis import Replay
    from grader.judge.processes.sandboxed_program import FunctionCall

NOTHING = Written("")
NESTED = 3
"""Levels of nesting in a result within which the shown entry is searched."""


@dataclass(frozen=True)
class ShownProgram:
    """A run of the drive as a program, and the names of the numbers in its result.

    ``result`` is the key of the program's own result, None for the whole result, empty for none.
    """

    lines: Callable[..., Sequence[str]]
    entry: str
    result: str | None = None

    def name(self, path: tuple[Any, ...]) -> str:
        """Return the name of a number of the result; empty if the pattern does not fit."""
        try:
            return self.entry.format(*path) if path else ""
        except IndexError:
            return ""


def programs(functions: Mapping[str, Callable[..., Any]]) -> dict[str, ShownProgram]:
    """Return the programs of an exercise by the run that they write."""
    found: dict[str, ShownProgram] = {}
    for function in functions.values():
        runs, *named = note(function, "showing", ((), "", None))
        found |= {run: ShownProgram(function, *named) for run in runs}
    return found


@dataclass(frozen=True)
class Scene:
    """The data needed to show a call of an exercise."""

    model: CodeExercise
    replay: Replay
    programs: Mapping[str, ShownProgram] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """A call to show, and the findings of its check with the names that it uses."""

    call: ShownCall | None
    findings: tuple[Finding, ...]


def shown(
    calls: Sequence[RecordedCall],
    findings: tuple[Finding, ...],
    looked_at: ComparedResult | None,
    scene: Scene,
) -> Shown:
    """Return the call in which a check's mistake shows, and its findings with named entries."""
    recorded = telling(calls, looked_at, scene)
    if recorded is None or _is_about_device(looked_at):
        return Shown(None, findings)
    spot = next((finding.spot for finding in findings if finding.spot != Spot()), Spot())
    program = scene.programs.get(recorded.call.name) if recorded.call.operation == "run" else None
    part = _part_name(spot, program)
    named = tuple(_named(finding, part, scene.model) for finding in findings)
    if recorded.call.operation == "run" and program is None:
        return Shown(None, named)
    return Shown(_written(recorded, spot, part, program, looked_at, scene), named)


def telling(
    calls: Sequence[RecordedCall], looked_at: ComparedResult | None, scene: Scene
) -> RecordedCall | None:
    """Return the call that a check looked at, else the first with a wrong outcome."""
    if looked_at is not None:
        for recorded in calls:
            if _is_of(recorded, looked_at):
                return recorded
    for recorded in calls:
        outcome = recorded.outcome
        if not isinstance(outcome, Returned | Raised):
            return recorded
        inputs = [*recorded.call.args, *recorded.call.kwargs.values()]
        measure = Measure(scene.model.tolerance, coarsest_epsilon(inputs))
        if not same_outcome(outcome, scene.replay("", recorded.call), measure):
            return recorded
    return None


def _is_about_device(looked_at: ComparedResult | None) -> bool:
    """Return True if the mistake is in the device traffic of a call, not in its values."""
    outcome = None if looked_at is None else looked_at.outcome
    return isinstance(outcome, Returned) and outcome.seen is not None


def _is_of(recorded: RecordedCall, looked_at: ComparedResult) -> bool:
    if looked_at.outcome is not None:
        return recorded.outcome is looked_at.outcome
    outcome = recorded.outcome
    return isinstance(outcome, Returned) and _holds(outcome.value, looked_at.got, NESTED)


def _holds(value: Any, part: Any, depth: int) -> bool:
    if value is part:
        return True
    if depth == 0:
        return False
    if isinstance(value, GeneratorItems):
        value = value.items
    inside = value.values() if isinstance(value, dict) else value
    return isinstance(value, dict | list | tuple) and any(
        _holds(item, part, depth - 1) for item in inside
    )


def _part_name(spot: Spot, program: ShownProgram | None) -> str:
    named = program.name(spot.path) if program is not None else ""
    return named or spot.name


def _named(finding: Finding, part: str, model: CodeExercise) -> Finding:
    """Return a finding that names the position in a result."""
    args = dict(finding.args)
    where = _where(finding.spot)
    if part:
        args["entry"] = f"{part}{where}"
    elif where and model.axes and finding.id != "compare.row":
        args["axes"] = ", ".join(model.axes[-len(finding.spot.index) :])
    return replace(finding, args=args)


def _where(spot: Spot) -> str:
    return f"[{', '.join(map(str, spot.index))}]" if spot.index else ""


def _written(
    recorded: RecordedCall,
    spot: Spot,
    part: str,
    program: ShownProgram | None,
    looked_at: ComparedResult | None,
    scene: Scene,
) -> ShownCall:
    call = recorded.call
    arguments, lines = _program(call, spot, program, scene.model)
    if program is not None and program.result is not None:
        got, expected, entry = _of_program(recorded, spot, program.result, scene)
    else:
        got, expected, entry = _outcome(recorded, spot, part, looked_at, scene, arguments)
    cut = got.shortened or expected.shortened or any(each.shortened for each in arguments)
    return ShownCall(
        function=call.name if program is None else lines[-1],
        arguments=arguments,
        program=lines,
        got=got.code,
        expected=expected.code,
        entry=entry,
        shortened=cut,
    )


def _program(
    call: FunctionCall, spot: Spot, program: ShownProgram | None, model: CodeExercise
) -> tuple[list[ShownArgument], list[str]]:
    if program is not None:
        return [], [str(line) for line in program.lines(*call.args, **call.kwargs)]
    parameters = [name.lstrip("*") for name in model.functions.get(call.name, [])]
    named: dict[str, Any] = {}
    given = []
    for number, value in enumerate(call.args):
        name = parameters[number] if number < len(parameters) else f"a{number}"
        if number >= len(parameters) and isinstance(value, bool | int | float | str | None):
            name = argument(value).code  # no name in the task represents it
        else:
            named[name] = value
        given.append(name)
    named |= call.kwargs
    given += [f"{name}={name}" for name in call.kwargs]
    written = {name: argument(value, spot.index, spot.path) for name, value in named.items()}
    arguments = [
        ShownArgument(name=name, code=each.line, shortened=each.shortened)
        for name, each in written.items()
    ]
    return arguments, [f"{call.name}({', '.join(given)})"]


def _outcome(
    recorded: RecordedCall,
    spot: Spot,
    part: str,
    looked_at: ComparedResult | None,
    scene: Scene,
    arguments: list[ShownArgument],
) -> tuple[Written, Written, str]:
    """Return the result, the right result, and the name of the entry in question."""
    outcome = recorded.outcome
    if not isinstance(outcome, Returned):
        return NOTHING, _right(recorded, spot, scene), ""
    if looked_at is not None and looked_at.outcome is outcome and outcome.changed:
        number = min(outcome.changed)
        name = arguments[number].name if number < len(arguments) else ""
        return result(outcome.changed[number]), result(recorded.call.args[number]), name
    entry = f"{part}{_where(spot)}"
    right = _right(recorded, spot, scene)
    if recorded.call.operation == "run" and _is_told_otherwise(recorded, scene):
        return NOTHING, right, entry
    return result(_inside(outcome.value, spot.path), spot.index), right, entry


def _of_program(
    recorded: RecordedCall, spot: Spot, key: str, scene: Scene
) -> tuple[Written, Written, str]:
    """Return the program's own result and the right one, if the drive reports more than that.

    Empty if the two agree: then something else is wrong.
    """
    if not key or not isinstance(recorded.outcome, Returned):
        return NOTHING, NOTHING, ""
    got = result(_inside(recorded.outcome.value, (key,)), spot.index)
    expected = _right(recorded, Spot((key,), spot.index), scene)
    return (NOTHING, NOTHING, "") if got == expected else (got, expected, _where(spot))


def _is_told_otherwise(recorded: RecordedCall, scene: Scene) -> bool:
    """Return True if a drive reports why there is no result, under keys that no right one has."""
    right = scene.replay("", recorded.call)
    values = [one.value for one in (recorded.outcome, right) if isinstance(one, Returned)]
    first, *others = [set(value) for value in values if isinstance(value, dict)] or [set()]
    return bool(first and others) and first.isdisjoint(others[0])


def _right(recorded: RecordedCall, spot: Spot, scene: Scene) -> Written:
    right = scene.replay("", recorded.call)
    if not isinstance(right, Returned):
        return NOTHING
    return result(_inside(right.value, spot.path), spot.index)


def _inside(value: Any, path: tuple[Any, ...]) -> Any:
    """Return the part of a value to which keys lead; the value itself if they do not exist."""
    for key in path:
        if isinstance(value, GeneratorItems):
            value = value.items
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return None
    return value.array if isinstance(value, Tensor) else value
