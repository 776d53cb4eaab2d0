"""A network as columns of circles, with a line for each weight.

A matrix of the right shape joins the circles of its two columns. The lines of another matrix end at
points before the circles, one for each of its rows or columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.pictures.scene import SIGN, SMALL, Circle, Line, Mark, Scene, Text, stack, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.languages import Translator
    from grader.pictures.network import Layer, Network
    from grader.pictures.scene import Tone

MOST, AT_THE_TOP = 6, 3
"""Circles of a column that are drawn: of more, some at the top and some at the bottom."""
# Lengths in inches.
RADIUS, STEP, POINT, DOT = 0.16, 0.46, 0.045, 0.025
GAP, MARGIN = 1.65, 0.6
ROLES, COUNTS, BODY = 0.1, 0.4, 0.68
"""Distances of the words, the numbers and the circles from the top."""
BIASES, LEGEND, LINE, LEFT = 0.25, 0.4, 0.26, 0.25
TO_POINTS, TO_SIGN = 0.52, 0.34
"""Distances from a column of circles to the points of a misfitting matrix, and to the sign between.
"""


def columns(network: Network, t: Translator) -> Scene:
    """Return the scene of a network."""
    return _Columns(network, t).scene()


class _Columns:
    def __init__(self, network: Network, t: Translator) -> None:
        self._network = network
        self.t = t
        axes = (n or 0 for layer in network.layers for n in layer.axes)
        slots = min(MOST, max(1, *network.sizes, *axes))
        self._middle = BODY + STEP * slots / 2
        self._bottom = BODY + STEP * slots

    def scene(self) -> Scene:
        """Draw columns side by side, connections first: circles cover the ends of lines."""
        below: list[Mark] = []
        above: list[Mark] = []
        layers = self._network.layers
        x, number = max(MARGIN, text_width(str(layers[0].inputs)) / 2 + 0.3), 0
        above += self._column(x, layers[0].inputs, self.t("inputs"))
        for count, layer in enumerate(layers):
            number += 1
            if self._network.skips_before(count):
                x, number = self._skipped(above, x), number + self._network.left_out
                above += self._column(x, layer.inputs, self._layer(number - 1))
            label = f"{layer.weights.name} {layer.weights.written}"
            numbers = text_width(f"{layer.inputs}{layer.neurons}") / 2
            right = x + max(GAP, text_width(label) + numbers + 0.25)
            below += self._weights(x, right, layer)
            fits = layer.takes and layer.gives
            shift = (len(str(layer.inputs)) - len(str(layer.neurons))) * text_width("0") / 4
            middle = (x + right) / 2 + shift
            above.append(Text(middle, COUNTS, label, tone="ink" if fits else "wrong"))
            x = right
            above += self._column(x, layer.neurons, self._layer(number))
            above.append(self._biases(x, layer))
        y = self._bottom + BIASES + LEGEND
        legend = self._network.legend(self.t)
        for line, text in enumerate(legend):
            tone: Tone = "wrong" if text.startswith(("≠", "?")) else "soft"
            above.append(Text(LEFT, y + LINE * line, text, SMALL, tone, "left"))
        width = max(x + MARGIN, *(text_width(text, SMALL) + MARGIN for text in ("", *legend)))
        height = y + LINE * (len(legend) - 1) + 0.1 if legend else self._bottom + BIASES + 0.1
        return Scene(width, height, (*below, *above))

    def _layer(self, number: int) -> str:
        return self.t("layer {{k}}", k=number)

    def _skipped(self, marks: list[Mark], x: float) -> float:
        """Say that layers are left out; return the place of the next column."""
        more = self._network.more_layers(self.t)
        right = x + max(GAP, text_width(more, SMALL) + 0.6)
        marks += [Circle(dx, self._middle, DOT, filled=True) for dx in _dots((x + right) / 2)]
        marks.append(Text((x + right) / 2, self._middle + 0.3, more, SMALL, "soft"))
        return right

    def _column(self, x: float, count: int, role: str) -> Iterator[Mark]:
        yield Text(x, ROLES, role, SMALL, "soft")
        yield Text(x, COUNTS, str(count), bold=True)
        for y in self._places(count):
            yield Circle(x, y, RADIUS)
        if count > MOST:
            for y in _dots(self._middle + STEP / 2):
                yield Circle(x, y, DOT, filled=True)

    def _places(self, count: int) -> list[float]:
        """Return the positions of a column's circles, without those that are left out."""
        places = stack(min(count, MOST), STEP, self._middle)
        return places if count <= MOST else [*places[:AT_THE_TOP], *places[AT_THE_TOP + 1 :]]

    def _biases(self, x: float, layer: Layer) -> Text:
        biases = layer.biases
        sign = "" if layer.biased or biases.missing else "≠ "
        tone: Tone = "ink" if layer.biased else "wrong"
        return Text(x, self._bottom + BIASES, f"{sign}{biases.name} {biases.written}", tone=tone)

    def _weights(self, left: float, right: float, layer: Layer) -> Iterator[Mark]:
        rows, outputs = layer.axes
        if rows is None or outputs is None:
            if not layer.weights.missing:
                yield Text((left + right) / 2, self._middle, "≠", SIGN, "wrong", bold=True)
            return
        start = left if layer.takes else left + TO_POINTS
        end = right if layer.gives else right - TO_POINTS
        tone: Tone = "main" if layer.takes and layer.gives else "wrong"
        starts, ends = self._places(rows), self._places(outputs)
        for y1 in starts:
            for y2 in ends:
                yield Line(start, y1, end, y2, tone, broken=tone == "wrong")
        for fits, x, sign, points in (
            (layer.takes, start, left + TO_SIGN, rows),
            (layer.gives, end, right - TO_SIGN, outputs),
        ):
            if not fits:
                yield from self._points(x, points)
                yield Text(sign, self._middle, "≠", SIGN, "wrong", bold=True)

    def _points(self, x: float, count: int) -> Iterator[Mark]:
        yield from (Circle(x, y, POINT, "wrong", filled=True) for y in self._places(count))
        if count > MOST:
            dots = _dots(self._middle + STEP / 2)
            yield from (Circle(x, y, DOT, "wrong", filled=True) for y in dots)


def _dots(middle: float) -> list[float]:
    return stack(3, 0.11, middle)
