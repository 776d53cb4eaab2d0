"""Pictures: what is drawn is data; here it becomes words, lines of text, and files.

``pictures.py`` of an exercise makes a `Picture` of one of the drawings below. Every kind of drawing
says the same in three ways: as lines for a terminal, as sentences (the alternative text), and as a
`Scene` of circles, lines and texts. Only ``plot.py`` knows matplotlib, which draws any scene, and
only ``arrays.py`` NumPy.
"""

from grader.pictures.batches import Batch, Batches
from grader.pictures.computation import Computation, Value
from grader.pictures.curves import Curve, Curves
from grader.pictures.graph import Edge, Graph, Letter, Node
from grader.pictures.heat_map import HeatMap, Row
from grader.pictures.network import Array, Layer, Network
from grader.pictures.picture import Picture

__all__ = [
    "Array",
    "Batch",
    "Batches",
    "Computation",
    "Curve",
    "Curves",
    "Edge",
    "Graph",
    "HeatMap",
    "Layer",
    "Letter",
    "Network",
    "Node",
    "Picture",
    "Row",
    "Value",
]
