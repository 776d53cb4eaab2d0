"""A graph as boxes in columns, joined by lines with numbers on them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from grader.pictures.scene import SMALL, TEXT, Box, Line, Mark, Scene, Text, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.pictures.graph import Graph, Node

# Lengths in inches.
STEP, GAP, MARGIN, TOP = 0.95, 2.3, 0.45, 0.85
LETTERS = 0.2
HEIGHT, PADDING = 0.42, 0.2
BELOW, BESIDE = 0.19, 0.14
NEAR = 0.3
"""Distance of an edge's number from the end with the more nodes, where numbers do not overlap."""


def boxes(graph: Graph) -> Scene:
    """Return the scene of a graph."""
    return _Boxes(graph).scene()


class _Boxes:
    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._last = max(node.column for node in graph.nodes)
        self._first = min(node.column for node in graph.nodes)
        self._in_column = Counter(node.column for node in graph.nodes)
        self._left = MARGIN + self._names(self._first) + self._widest(self._first) / 2

    def scene(self) -> Scene:
        """Draw boxes over lines, and all texts on top."""
        nodes = {node.id: node for node in self._graph.nodes}
        lines: list[Mark] = []
        texts: list[Mark] = []
        for edge in self._graph.edges:
            source, target = nodes[edge.source], nodes[edge.target]
            x1, x2 = self._x(source.column), self._x(target.column)
            x1, x2 = x1 + self._width(source) / 2, x2 - self._width(target) / 2
            y1, y2 = self._y(source), self._y(target)
            lines.append(Line(x1, y1, x2, y2))
            share = NEAR
            if self._in_column[source.column] < self._in_column[target.column]:
                share = 1 - NEAR
            at = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
            if edge.text:
                texts.append(Text(*at, edge.text, SMALL, "main", ground=True))
        marks = [mark for node in self._graph.nodes for mark in self._node(node)]
        width = self._x(self._last) + self._widest(self._last) / 2 + MARGIN
        if self._last != self._first:
            width += self._names(self._last)
        height = max(map(self._lowest, self._graph.nodes)) + 0.15
        return Scene(width, height, (*lines, *texts, *marks, *self._letters()))

    def _node(self, node: Node) -> Iterator[Mark]:
        x, y, width = self._x(node.column), self._y(node), self._width(node)
        if node.boxed:
            yield Box(x, y, width, HEIGHT)
        yield Text(x, y, node.text, bold=True)
        if node.below:
            yield Text(x, y + HEIGHT / 2 + BELOW, node.below, SMALL)
        if node.name and node.column == self._last != self._first:
            yield Text(x + width / 2 + BESIDE, y, node.name, TEXT, "soft", "left")
        elif node.name:
            yield Text(x - width / 2 - BESIDE, y, node.name, TEXT, "soft", "right")

    def _letters(self) -> Iterator[Mark]:
        for letter in self._graph.letters:
            x = self._x(letter.column)
            if letter.of == "below":
                for node in self._graph.nodes:
                    if node.below and node.column == letter.column:
                        beside = x + text_width(node.below, SMALL) / 2 + 0.22
                        y = self._y(node) + HEIGHT / 2 + BELOW
                        yield Text(beside, y, letter.text, bold=True, ringed=True)
            else:
                middle = x if letter.of == "nodes" else x + GAP / 2
                yield Text(middle, LETTERS, letter.text, bold=True, ringed=True)

    def _x(self, column: int) -> float:
        return self._left + GAP * (column - self._first)

    @staticmethod
    def _y(node: Node) -> float:
        return TOP + STEP * node.row

    def _lowest(self, node: Node) -> float:
        return self._y(node) + HEIGHT / 2 + (2 * BELOW if node.below else 0)

    @staticmethod
    def _width(node: Node) -> float:
        return text_width(node.text) + PADDING

    def _widest(self, column: int) -> float:
        return max(self._width(node) for node in self._graph.nodes if node.column == column)

    def _names(self, column: int) -> float:
        """Return the width of the names beside a column."""
        named = [text_width(n.name) for n in self._graph.nodes if n.column == column and n.name]
        return max(named) + BESIDE if named else 0.0
