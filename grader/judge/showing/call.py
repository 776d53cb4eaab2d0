"""A wrong call as a report shows it: arguments, program, what came back and what is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from grader.judge.failures import Finding
from grader.judge.outcomes import Returned
from grader.judge.showing.functions import definition
from grader.judge.showing.literals import NoLiteralError, literal
from grader.judge.showing.notation import both, came_back, noted
from grader.judge.showing.part import part_of
from grader.judge.showing.wrong import Wrong, smallest, wrong_call
from grader.report.models import ShownArgument, ShownCall

if TYPE_CHECKING:
    from grader.judge.failures import Spot
    from grader.judge.sitting import CheckRecord, Sitting

MOST_LINES = 8
_INLINE = (bool, int, float, str, type(None))
Runs = Mapping[str, tuple[Callable[..., Sequence[str]], str]]
"""What writes a run of the drive in Python, by the run, and what stands for an entry."""


@dataclass
class _Written:
    """The arguments of a call, before it is known whether they fit."""

    values: list[tuple[str, Any]] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)  # lines that make functions


def shown_call(sitting: Sitting, record: CheckRecord) -> ShownCall | None:
    """Return the call that shows what is wrong, None where there is none that can be shown."""
    wrong = wrong_call(record, sitting.bench.replay, sitting.model.tolerance)
    return None if wrong is None else _shown(sitting, wrong, record)


def made_call(sitting: Sitting, record: CheckRecord) -> ShownCall | None:
    """Return the smallest call of a check that passed, and what came of it."""
    wrong = smallest(record)
    return None if wrong is None else _shown(sitting, wrong, record)


def _shown(sitting: Sitting, wrong: Wrong, record: CheckRecord) -> ShownCall | None:
    try:
        if wrong.call.operation == "run":
            shown = _run(sitting.showing, wrong)
        else:
            parameters = sitting.model.functions.get(wrong.call.name, ())
            shown = _call(wrong, parameters)
    except NoLiteralError:
        return None
    if shown is None:
        return None
    _tell(shown, wrong, record)
    return shown


def entry_name(spot: Spot, pattern: str) -> str:
    """Return what stands for the part of a result: by the author's pattern, else as Python."""
    if pattern and spot.path:
        try:
            return pattern.format(*spot.path)
        except (IndexError, KeyError, ValueError):
            pass
    return spot.name


def _run(runs: Runs, wrong: Wrong) -> ShownCall | None:
    """Return a run of the drive as the little program that the author says it is."""
    if wrong.call.name not in runs:
        return None
    write, pattern = runs[wrong.call.name]
    lines = list(write(*wrong.call.args, **wrong.call.kwargs))
    entry = entry_name(wrong.spot, pattern)
    if entry and entry not in lines:
        lines.append(entry)
    return ShownCall(function=lines[-1], program=lines, entry=entry)


def _call(wrong: Wrong, parameters: Sequence[str]) -> ShownCall:
    call, written = wrong.call, _Written()
    for number, value in enumerate(call.args):
        _add(written, parameters[number] if number < len(parameters) else "", value, number)
    for name, value in call.kwargs.items():
        _add(written, name, value, 0, keyword=f"{name}=")
    arguments = _fitting(written, wrong.spot.index)
    program = [*written.before, f"{call.name}({', '.join(written.passed)})"]
    place = f"[{', '.join(map(str, wrong.spot.index))}]" if wrong.spot.index else ""
    return ShownCall(
        function=call.name,
        arguments=arguments,
        program=program,
        entry=f"{wrong.spot.name}{place}",
        shortened=any(argument.shortened for argument in arguments),
    )


def _add(written: _Written, name: str, value: Any, number: int, keyword: str = "") -> None:
    if callable(value):
        name = name or f"f{number}"
        written.before += definition(value, name)
    elif isinstance(value, _INLINE) and (not name or keyword):
        written.passed.append(keyword + literal(value))
        return
    else:
        name = name or f"argument{number + 1}"
        written.values.append((name, value))
    written.passed.append(keyword + name)


def _fitting(written: _Written, index: tuple[int, ...]) -> list[ShownArgument]:
    """Return the arguments in full, the largest ones shortened until all of them fit."""
    made = {name: literal(value, len(name) + 3) for name, value in written.values}
    short: dict[str, str] = {}
    by_size = sorted(written.values, key=lambda item: -made[item[0]].count("\n"))
    for name, value in by_size:
        lines = sum(short.get(each, made[each]).count("\n") + 1 for each in made)
        if lines + len(written.before) <= MOST_LINES:
            break
        part = part_of(value, name, index, len(name) + 3)
        if part.count("\n") < made[name].count("\n"):
            short[name] = part
    return [
        ShownArgument(name=name, code=short.get(name, made[name]), shortened=name in short)
        for name, _ in written.values
    ]


def _tell(shown: ShownCall, wrong: Wrong, record: CheckRecord) -> None:
    """Say what came back and what is right in its place."""
    if not isinstance(wrong.outcome, Returned):
        shown.got = came_back(wrong.outcome)
        shown.expected = "" if wrong.expected is None else noted(wrong.expected)
        return
    findings = () if record.conclusion is None else record.conclusion.findings
    first = findings[0] if findings else Finding("")
    if first.id == "compare.dtype":
        shown.got, shown.expected = (f"dtype={first.args[name]}" for name in ("got", "expected"))
        return
    if first.id == "compare.modified" and wrong.outcome.changed:
        number = min(wrong.outcome.changed)
        before, after = wrong.call.args[number], wrong.outcome.changed[number]
        shown.entry = shown.arguments[number].name if number < len(shown.arguments) else ""
        shown.got, shown.expected, cut = both(after, before, wrong.spot)
    elif wrong.expected is None:
        shown.got, cut = noted(wrong.got, wrong.spot.index), False
    else:
        shown.got, shown.expected, cut = both(wrong.got, wrong.expected, wrong.spot)
    shown.shortened = shown.shortened or cut
