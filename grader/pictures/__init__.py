"""Pictures: what is drawn is data; here it becomes words, lines of text, and files.

``pictures.py`` of an exercise makes a `Picture` of a `Network` or a `Graph`. Every kind of drawing
says the same in three ways: as lines for a terminal, as sentences (the alternative text), and as a
`Scene` of circles, lines and texts. Only ``plot.py`` knows matplotlib, which draws any scene.
"""

from grader.pictures.graph import Edge, Graph, Letter, Node
from grader.pictures.network import Array, Layer, Network
from grader.pictures.picture import Picture

__all__ = ["Array", "Edge", "Graph", "Layer", "Letter", "Network", "Node", "Picture"]
