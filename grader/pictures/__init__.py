"""Pictures: drawings as data, and their output as words, lines of text, and files.

``pictures.py`` of an exercise makes a `Picture` of one of the drawings below. Every kind of drawing
has three forms: lines for a terminal, sentences (the alternative text), and a `Scene` of circles,
lines and texts. Only ``render_scene.py`` knows matplotlib, which draws any scene, and only
``arrays.py`` NumPy.
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
