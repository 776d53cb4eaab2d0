"""The network of the task, unrolled over the first steps of a sequence."""

from grader.pictures import Edge, Graph, Node, Picture

STATES = ("h₀", "h₁", "h₂", "h₃")
INPUTS = ("x₁", "x₂", "x₃")


def unrolled(words):
    """Draw the states in a row, and below them the inputs, each before the state it enters."""
    states = [
        Node(id=text, column=t, row=0, text=text, boxed=t > 0) for t, text in enumerate(STATES)
    ]
    inputs = [
        Node(id=text, column=t, row=1, text=text, boxed=False) for t, text in enumerate(INPUTS)
    ]
    edges = [
        Edge(source=source, target=target, text=weight)
        for t, target in enumerate(STATES[1:])
        for source, weight in ((STATES[t], "W_h"), (INPUTS[t], "W_x"))
    ]
    return Picture(Graph(nodes=[*states, *inputs], edges=edges))
