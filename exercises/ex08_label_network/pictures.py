"""The network of the task, with the numbers that stand in its drawing."""

from grader.pictures import Edge, Graph, Letter, Node, Picture

INPUTS = {"body": "9", "ear": "2", "tail": "8"}
HIDDEN = [("1.1", "1.5"), ("3.0", "-0.7")]  # what a neuron hands on, and its bias
OUTPUTS = {"dog": "0.10", "cat": "0.05", "mouse": "0.85"}
FIRST_WEIGHTS = [["0.2", "-0.3"], ["0.5", "0.8"], ["-0.4", "0.6"]]
SECOND_WEIGHTS = [["0.2", "0.9", "0.5"], ["-0.2", "-0.7", "0.4"]]


def parts(words):
    """Draw the network, with the letters that the first question asks about."""
    inputs = [
        Node(id=id_, column=0, row=row, text=text, name=words[id_], boxed=False)
        for row, (id_, text) in enumerate(INPUTS.items())
    ]
    hidden = [
        Node(id=f"hidden{k}", column=1, row=k + 0.5, text=text, below=bias)
        for k, (text, bias) in enumerate(HIDDEN)
    ]
    outputs = [
        Node(id=id_, column=2, row=row, text=text, name=words[id_])
        for row, (id_, text) in enumerate(OUTPUTS.items())
    ]
    edges = [*joined(inputs, hidden, FIRST_WEIGHTS), *joined(hidden, outputs, SECOND_WEIGHTS)]
    letters = [
        Letter(text="A", column=0),
        Letter(text="B", column=0, of="edges"),
        Letter(text="C", column=1),
        Letter(text="D", column=1, of="below"),
        Letter(text="E", column=2),
    ]
    return Picture(Graph(nodes=[*inputs, *hidden, *outputs], edges=edges, letters=letters))


def joined(sources, targets, weights):
    """Return an edge from each source to each target, with its weight."""
    return [
        Edge(source=source.id, target=target.id, text=weight)
        for source, row in zip(sources, weights, strict=True)
        for target, weight in zip(targets, row, strict=True)
    ]
