"""A computation graph: values on the way forward, gradients on the way back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from grader.course.languages import msgid
from grader.course.pydantic_errors import reject_value
from grader.pictures.kind import Drawing, Part, Short
from grader.pictures.numbers import differ, written

if TYPE_CHECKING:
    from grader.course.languages import Translator
    from grader.pictures.scene import Scene

# A larger graph is cut: the picture must stay readable, and the report small.
MOST_VALUES = 24
MOST_INPUTS = 4
_NAME = re.compile(r"[^\W\d]\w*")
_GAP = "   "
Name = Annotated[str, StringConstraints(pattern=r"^\w{1,24}$")]


class Value(Part):
    """A value of a computation, with its gradient; an empty text where it is not known."""

    name: Name = Field(description="what the others call it")
    made: Short = Field("", description="the operation that makes it, for instance `x + y`")
    inputs: tuple[Name, ...] = Field(
        (), max_length=MOST_INPUTS, description="names of the values that it is made from"
    )
    data: Short = Field("", description="its value")
    grad: Short = Field("", description="its gradient")
    right_data: Short = Field("", description="the right value where it is another")
    right_grad: Short = Field("", description="the right gradient where it is another")

    @property
    def title(self) -> str:
        """The name, with the operation."""
        return f"{self.name} = {self.made}" if self.made else self.name


class Computation(Drawing):
    """A computation graph, with the numbers of a submission beside the right ones."""

    kind: Literal["computation"] = Field("computation", description="the form of the drawing")
    values: tuple[Value, ...] = Field(
        min_length=1,
        max_length=MOST_VALUES,
        description="each after those that it is made from",
    )
    left_out: int = Field(0, ge=0, description="further values, which are not drawn")

    @model_validator(mode="after")
    def _inputs_come_before(self) -> Self:
        known: set[str] = set()
        for value in self.values:
            for name in value.inputs:
                if name not in known:
                    reject_value(
                        msgid("{{value}} is made from {{name}}, which does not stand before it"),
                        value=value.name,
                        name=name,
                    )
            known.add(value.name)
        if len(known) != len(self.values):
            reject_value(msgid("the names of values must be unique"))
        return self

    @classmethod
    def of(cls, made: Mapping[str, str], got: Any, right: Any) -> Self:
        """Return the graph of ``made``, with the numbers of a result beside the right ones.

        ``made`` gives the expression of each value ("x + y"), an empty text for a leaf; the values
        that it names come before it. ``got`` and ``right`` are dictionaries {"data": …, "grad": …}
        of dictionaries by name; ``got`` may be anything, and ? replaces missing numbers.
        """
        names = list(made)[:MOST_VALUES]
        values = tuple(_value(name, made[name], names, got, right) for name in names)
        return cls(values=values, left_out=len(made) - len(names))

    @property
    def misfits(self) -> bool:
        """Whether a number is wrong."""
        return any(value.right_data or value.right_grad for value in self.values)

    def lines(self, t: Translator, width: int) -> list[str]:
        """Return a table: a value with its gradient on each line."""
        rows = [("", t("value"), t("gradient"))]
        rows += [
            (
                value.title,
                _beside(value.data, value.right_data),
                _beside(value.grad, value.right_grad),
            )
            for value in self.values
        ]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        drawn = (
            _GAP.join(cell.ljust(room) for cell, room in zip(row, widths, strict=True))
            for row in rows
        )
        return [*(line.rstrip()[:width] for line in drawn), *self.legend(t)]

    def legend(self, t: Translator) -> list[str]:
        """Return the meaning of the sign that is used, and how much is left out."""
        lines = []
        if self.misfits:
            lines.append(t("Behind ≠ stands the right number."))
        if self.left_out:
            lines.append(
                t.plural(
                    "{{n}} more value is left out here.",
                    "{{n}} more values are left out here.",
                    self.left_out,
                )
            )
        return lines

    def sentences(self, t: Translator) -> list[str]:
        """Return the values in order of computation, each with its gradient."""
        return [
            t("A computation graph: values from left to right, gradients from right to left."),
            *(_told(value, t) for value in self.values),
            *self.legend(t)[self.misfits :],
        ]

    def scene(self, t: Translator) -> Scene:
        """Return a box for each value, and arrows in both directions."""
        from grader.pictures.draw_computation import flow  # noqa: PLC0415 - text needs none

        return flow(self, t)


def _value(name: str, made: str, names: list[str], got: Any, right: Any) -> Value:
    inputs = [word for word in _NAME.findall(made) if word in names]
    parts: dict[str, str] = {}
    for part in ("data", "grad"):
        of_right = _part(right, part)
        if name not in of_right:
            continue
        of_got = _part(got, part)
        parts[part] = written(of_got[name]) if name in of_got else "?"
        if name not in of_got or differ(of_got[name], of_right[name]):
            parts[f"right_{part}"] = written(of_right[name])
    return Value(name=name, made=made, inputs=tuple(dict.fromkeys(inputs)), **parts)


def _part(result: Any, part: str) -> Mapping[Any, Any]:
    found = result.get(part) if isinstance(result, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _beside(got: str, right: str) -> str:
    return f"{got} ≠ {right}" if right else got


def _told(value: Value, t: Translator) -> str:
    """Return the expression of a value, and its numbers, in words."""
    numbers = [
        t(what, number=t("{{got}} instead of {{right}}", got=got, right=right) if right else got)
        for what, got, right in (
            (msgid("value {{number}}"), value.data, value.right_data),
            (msgid("gradient {{number}}"), value.grad, value.right_grad),
        )
        if got
    ]
    return t("{{name}}: {{numbers}}.", name=value.title, numbers=", ".join(numbers))
