"""A picture as an exercise makes it, and the kinds of drawings that there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field, TypeAdapter

from grader.pictures.graph import Graph
from grader.pictures.network import Network

AnyDrawing = Annotated[Network | Graph, Field(discriminator="kind")]
DRAWING: TypeAdapter[Network | Graph] = TypeAdapter(AnyDrawing)


@dataclass(frozen=True)
class Picture:
    """A drawing, and what is filled into its caption."""

    drawing: Network | Graph
    args: Mapping[str, str | int | float] = field(default_factory=dict)
