"""Nodes with values, and the edges between them: a network with its numbers, a computation."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from grader.course.languages import msgid
from grader.course.pydantic_errors import reject_value
from grader.pictures.kind import Drawing, Part, Short

if TYPE_CHECKING:
    from grader.course.languages import Translator
    from grader.pictures.scene import Scene

# Limits of a drawing: the picture must stay readable, and the report small.
MOST_NODES, MOST_EDGES, MOST_LETTERS = 60, 200, 20
Column = Annotated[int, Field(ge=0, le=30)]
Place = Annotated[float, Field(ge=0, le=30, allow_inf_nan=False)]


class Node(Part):
    """A value at a place of the drawing."""

    id: Short = Field(description="what edges call it")
    column: Column = Field(description="from 0 at the left")
    row: Place = Field(description="from 0 at the top; 0.5 stands between two rows")
    text: Short = Field(description="the value")
    name: Short = Field("", description="what it is the value of, beside it")
    below: Short = Field("", description="a number that belongs to it: a bias, a gradient")
    boxed: bool = Field(default=True, description="whether a frame is drawn around the value")


class Edge(Part):
    """A connection between two nodes, from left to right."""

    source: Short = Field(description="id of the node that it leaves")
    target: Short = Field(description="id of the node that it leads to")
    text: Short = Field("", description="what stands on it")


class Letter(Part):
    """A letter that stands for all parts of one sort in a column, to ask about them."""

    text: Short = Field(description="the letter")
    column: Column = Field(description="of the nodes, or of those that the edges leave")
    of: Literal["nodes", "edges", "below"] = Field(
        "nodes",
        description="the nodes of the column, the edges that lead on from it, or what is below",
    )


class Graph(Drawing):
    """Nodes in columns, edges between them, and letters for parts of it."""

    kind: Literal["graph"] = Field("graph", description="the form of the drawing")
    nodes: tuple[Node, ...] = Field(
        min_length=1, max_length=MOST_NODES, description="values at their places"
    )
    edges: tuple[Edge, ...] = Field((), max_length=MOST_EDGES, description="what joins them")
    letters: tuple[Letter, ...] = Field(
        (), max_length=MOST_LETTERS, description="to ask about parts of it"
    )

    @model_validator(mode="after")
    def _edges_join_nodes(self) -> Self:
        known = {node.id for node in self.nodes}
        if len(known) != len(self.nodes):
            reject_value(msgid("the ids of nodes must be unique"))
        for edge in self.edges:
            for id_ in (edge.source, edge.target):
                if id_ not in known:
                    reject_value(msgid("an edge names {{name}}, which is no node"), name=repr(id_))
        return self

    def lines(self, t: Translator, width: int) -> list[str]:
        """Return a sentence for each node: a graph has no rows that lines could follow."""
        return [line for sentence in self.sentences(t) for line in textwrap.wrap(sentence, width)]

    def sentences(self, t: Translator) -> list[str]:
        """Return the nodes column by column, with what leads to each, and the letters."""
        told = []
        for column, nodes in groupby(sorted(self.nodes, key=_in_columns), _column):
            plain: list[str] = []
            more: list[str] = []
            for node in nodes:
                into = self._into(node)
                if into or node.below:
                    more.append(_told(node, into, t))
                else:
                    plain.append(_named(node))
            if plain:
                named = ", ".join(plain)
                told.append(t("Column {{n}}: {{nodes}}.", n=column + 1, nodes=named))
            told += more
        return [*told, *(_lettered(letter, t) for letter in self.letters)]

    def scene(self, t: Translator) -> Scene:  # noqa: ARG002 - it holds no word of ours
        """Return boxes joined by lines, with a number on each."""
        from grader.pictures.draw_graph import boxes  # noqa: PLC0415 - text needs none

        return boxes(self)

    def _into(self, node: Node) -> str:
        """Return the sources of the edges to a node, each with the edge's number."""
        values = {one.id: one.text for one in self.nodes}
        return ", ".join(
            f"{values[edge.source]} ({edge.text})" if edge.text else values[edge.source]
            for edge in self.edges
            if edge.target == node.id
        )


def _told(node: Node, into: str, t: Translator) -> str:
    args = {"n": node.column + 1, "node": _named(node), "below": node.below, "into": into}
    if not into:
        return t("Column {{n}}: {{node}}, with {{below}} below it.", **args)
    if not node.below:
        return t("Column {{n}}: {{node}}; lines lead to it from {{into}}.", **args)
    return t(
        "Column {{n}}: {{node}}, with {{below}} below it; lines lead to it from {{into}}.", **args
    )


def _named(node: Node) -> str:
    return f"{node.name} {node.text}".strip()


def _column(node: Node) -> int:
    return node.column


def _in_columns(node: Node) -> tuple[int, float]:
    return node.column, node.row


def _lettered(letter: Letter, t: Translator) -> str:
    args = {"letter": letter.text, "n": letter.column + 1, "next": letter.column + 2}
    match letter.of:
        case "nodes":
            return t("{{letter}} stands above column {{n}}.", **args)
        case "edges":
            return t("{{letter}} stands above the lines from column {{n}} to {{next}}.", **args)
        case "below":
            return t("{{letter}} stands at the numbers below those of column {{n}}.", **args)
