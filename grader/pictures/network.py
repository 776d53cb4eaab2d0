"""The parameters of a network between its layers: and whether their shapes fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import Field

from grader.pictures.kind import LARGEST, Drawing, Length, Part, Short

if TYPE_CHECKING:
    from grader.course.languages import Translator
    from grader.pictures.scene import Scene

AT_EACH_END = 3
"""Layers at the beginning and at the end that are drawn; those between are counted."""
# Further arrays that are listed, and axes of a shape that are written.
MOST_OTHERS = 4
DIMENSIONS = 4


class Array(Part):
    """An array of a submission, known by its shape."""

    name: Short = Field(description="its key, for instance W1")
    shape: tuple[Length, ...] | None = Field(
        None, max_length=DIMENSIONS, description="none where it has none that can be written"
    )
    missing: bool = Field(default=False, description="whether there is no such key")

    @classmethod
    def of(cls, name: str, arrays: Mapping[Any, Any]) -> Self:
        """Return the array of a name: its shape is a list of numbers, or anything else."""
        return cls(name=name, shape=_shape(arrays.get(name)), missing=name not in arrays)

    @property
    def written(self) -> str:
        """The shape in Python notation; `?` where the array is missing."""
        if self.missing:
            return "?"
        return "(…)" if self.shape is None else str(self.shape)


class Layer(Part):
    """The arrays of a layer, between the numbers of its inputs and of its neurons."""

    inputs: Length = Field(description="numbers that it is given")
    neurons: Length = Field(description="numbers that it hands on")
    weights: Array = Field(description="its matrix: it fits as (inputs, neurons)")
    biases: Array = Field(description="its biases: they fit as (neurons,)")

    @property
    def takes(self) -> bool:
        """Whether the weights have a row for each input."""
        return self.axes[0] == self.inputs

    @property
    def gives(self) -> bool:
        """Whether the weights have a column for each neuron."""
        return self.axes[1] == self.neurons

    @property
    def biased(self) -> bool:
        """Whether there is one bias for each neuron."""
        return self.biases.shape == (self.neurons,)

    @property
    def axes(self) -> tuple[int | None, int | None]:
        """Rows and columns of the weights; None if these are no matrix."""
        match self.weights.shape:
            case (rows, columns):
                return rows, columns
        return None, None


class Network(Drawing):
    """A network of layers: the sizes that were asked for, and the arrays that there are."""

    kind: Literal["network"] = Field("network", description="the form of the drawing")
    layers: tuple[Layer, ...] = Field(
        min_length=1, max_length=2 * AT_EACH_END, description="from the inputs to the output"
    )
    left_out: int = Field(0, ge=0, description="layers that are not drawn, in the middle")
    others: tuple[Short, ...] = Field(
        (), max_length=MOST_OTHERS + 1, description="further arrays, with their shapes"
    )

    @classmethod
    def of(cls, sizes: Sequence[int], arrays: Mapping[Any, Any]) -> Self:
        """Return the network of ``sizes``, with the shapes of W1, b1, W2 … from ``arrays``.

        ``arrays`` may hold anything: other values are drawn as arrays without a shape.
        """
        pairs = list(enumerate(pairwise(sizes), start=1))
        kept = pairs
        if len(pairs) > 2 * AT_EACH_END:
            kept = [*pairs[:AT_EACH_END], *pairs[-AT_EACH_END:]]
        layers = tuple(
            Layer(
                inputs=inputs,
                neurons=neurons,
                weights=Array.of(f"W{k}", arrays),
                biases=Array.of(f"b{k}", arrays),
            )
            for k, (inputs, neurons) in kept
        )
        known = {f"{letter}{k}" for k, _ in pairs for letter in "Wb"}
        others = tuple(_others(arrays, known))
        return cls(layers=layers, left_out=len(pairs) - len(kept), others=others)

    @property
    def sizes(self) -> list[int]:
        """The drawn numbers of inputs and of neurons; see ``gap``."""
        if not self.left_out:
            return [self.layers[0].inputs, *(layer.neurons for layer in self.layers)]
        first, last = self.layers[:AT_EACH_END], self.layers[AT_EACH_END:]
        return [
            first[0].inputs,
            *(layer.neurons for layer in first),
            last[0].inputs,
            *(layer.neurons for layer in last),
        ]

    @property
    def misfits(self) -> bool:
        """Whether a shape does not fit."""
        return any(
            not (array.missing or fits)
            for layer in self.layers
            for array, fits in (
                (layer.weights, layer.takes and layer.gives),
                (layer.biases, layer.biased),
            )
        )

    @property
    def lacks(self) -> bool:
        """Whether an array is missing."""
        return any(layer.weights.missing or layer.biases.missing for layer in self.layers)

    def skips_before(self, number: int) -> bool:
        """Whether layers are left out before the one of this number."""
        return self.left_out > 0 and number == AT_EACH_END

    def more_layers(self, t: Translator) -> str:
        """Return how many layers are not drawn, as a label."""
        return t.plural("{{n}} more layer", "{{n}} more layers", self.left_out)

    def lines(self, t: Translator, width: int) -> list[str]:
        """Return each row of layers on two lines: weights between the numbers, biases below."""
        rows = _Rows(self.layers[0].inputs, width)
        for number, layer in enumerate(self.layers):
            if self.skips_before(number):
                rows.skip(self.more_layers(t), layer.inputs)
            rows.add(layer)
        return [*rows.lines(), *self.legend(t)]

    def legend(self, t: Translator) -> list[str]:
        """Return the meaning of the signs that are used, and further arrays."""
        lines = []
        if self.misfits:
            lines.append(t("≠ stands where a shape does not fit its neighbour."))
        if self.lacks:
            lines.append(t("? stands for an array that is missing."))
        if self.others:
            lines.append(t("Further arrays: {{names}}.", names=", ".join(self.others)))
        return lines

    def sentences(self, t: Translator) -> list[str]:
        """Return the layers from left to right, each with its arrays."""
        sizes = ", ".join(map(str, self.sizes))
        told = [t("A network from left to right, as columns of circles: {{sizes}}.", sizes=sizes)]
        for number, layer in enumerate(self.layers):
            if self.skips_before(number):
                told.append(
                    t.plural(
                        "{{n}} more layer is left out here.",
                        "{{n}} more layers are left out here.",
                        self.left_out,
                    )
                )
            told += [_weights(layer, t), _biases(layer, t)]
        if self.others:
            told.append(t("Further arrays: {{names}}.", names=", ".join(self.others)))
        return told

    def scene(self, t: Translator) -> Scene:
        """Return columns of circles, and a line for each weight."""
        from grader.pictures.draw_network import columns  # noqa: PLC0415 - text needs none

        return columns(self, t)


class _Rows:
    """Puts layers side by side, as many as fit, and the rest below."""

    def __init__(self, inputs: int, width: int) -> None:
        self._width = width
        self._done: list[str] = []
        self._top, self._below = str(inputs), ""

    def add(self, layer: Layer) -> None:
        """Append a layer."""
        left, right = ("─" if fits else "≠" for fits in (layer.takes, layer.gives))
        if layer.weights.missing:
            left = right = "─"
        link = f" {left}{layer.weights.name} {layer.weights.written}{right} "
        sign = "" if layer.biased or layer.biases.missing else "≠"
        biases = f"{sign}{layer.biases.name} {layer.biases.written}"
        end = len(self._top) + len(link) + max(len(str(layer.neurons)), len(biases) - len(sign))
        if end > self._width and self._below:
            self._break(str(layer.inputs))
        start = len(self._top) + len(link) - len(sign)
        self._top += f"{link}{layer.neurons}"
        below = self._below.ljust(max(start, len(self._below) + 2 if self._below else 0))
        self._below = below + biases

    def skip(self, sentence: str, inputs: int) -> None:
        """Mark left-out layers, and begin a row."""
        self._break(str(inputs))
        self._done.append(f"… {sentence} …")

    def lines(self) -> list[str]:
        """Return all rows."""
        return [*self._done, self._top, *([self._below] if self._below.strip() else [])]

    def _break(self, top: str) -> None:
        self._done += [self._top, self._below]
        self._top, self._below = top, ""


def _weights(layer: Layer, t: Translator) -> str:
    args = {"name": layer.weights.name, "inputs": layer.inputs, "neurons": layer.neurons}
    if layer.weights.missing:
        return t("Between {{inputs}} and {{neurons}} there is no array {{name}}.", **args)
    args["shape"] = layer.weights.written
    if layer.takes and layer.gives:
        return t("{{name}} of shape {{shape}} leads from {{inputs}} to {{neurons}}.", **args)
    return t("{{name}} of shape {{shape}} does not fit between {{inputs}} and {{neurons}}.", **args)


def _biases(layer: Layer, t: Translator) -> str:
    args = {"name": layer.biases.name, "neurons": layer.neurons, "shape": layer.biases.written}
    if layer.biases.missing:
        return t("There is no array {{name}}.", name=layer.biases.name)
    if layer.biased:
        return t("{{name}} has the shape {{shape}}.", name=args["name"], shape=args["shape"])
    return t("{{name}} of shape {{shape}} does not fit a column of {{neurons}}.", **args)


def _shape(value: Any) -> tuple[int, ...] | None:
    """Return a shape; None for anything but a list of a few lengths."""
    if not isinstance(value, list | tuple) or len(value) > DIMENSIONS:
        return None
    lengths = tuple(value)
    if all(type(length) is int and 0 <= length <= LARGEST for length in lengths):
        return lengths
    return None


def _others(arrays: Mapping[Any, Any], known: set[str]) -> Iterator[str]:
    """Yield the first unknown arrays, and a sign for the others."""
    unknown = (name for name in arrays if name not in known)
    for count, name in enumerate(unknown):
        if count == MOST_OTHERS:
            yield "…"
            return
        shape = _shape(arrays[name])
        said = name if isinstance(name, str) else type(name).__name__
        yield f"{said[:20]} {'(…)' if shape is None else shape}"
