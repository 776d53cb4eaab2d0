"""A picture as an exercise makes it, and the kinds of drawings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field, TypeAdapter

from grader.pictures.batches import Batches
from grader.pictures.computation import Computation
from grader.pictures.curves import Curves
from grader.pictures.graph import Graph
from grader.pictures.heat_map import HeatMap
from grader.pictures.network import Network

Kinds = Network | Graph | Computation | Curves | HeatMap | Batches
AnyDrawing = Annotated[Kinds, Field(discriminator="kind")]
DRAWING: TypeAdapter[Kinds] = TypeAdapter(AnyDrawing)


@dataclass(frozen=True)
class Picture:
    """A drawing, and the arguments of its caption."""

    drawing: Kinds
    args: Mapping[str, str | int | float] = field(default_factory=dict)
