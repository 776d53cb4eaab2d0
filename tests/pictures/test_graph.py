import pytest
from pydantic import ValidationError

from grader.course.languages import LANGUAGES, Translator
from grader.pictures import Edge, Graph, Letter, Node
from grader.pictures.scene import Box, Line, Text

EN = Translator("en")


@pytest.fixture
def product():
    """The graph of z = x * y, with gradients."""
    return Graph(
        nodes=[
            Node(id="x", column=0, row=0, text="2.0", name="x", below="3.0", boxed=False),
            Node(id="y", column=0, row=1, text="3.0", name="y", boxed=False),
            Node(id="z", column=1, row=0.5, text="6.0", name="z"),
        ],
        edges=[Edge(source="x", target="z", text="3.0"), Edge(source="y", target="z")],
        letters=[Letter(text="A", column=0), Letter(text="B", column=0, of="edges")],
    )


def test_a_graph_is_told_column_by_column(product):
    assert product.sentences(EN) == [
        "Column 1: y 3.0.",
        "Column 1: x 2.0, with 3.0 below it.",
        "Column 2: z 6.0; lines lead to it from 2.0 (3.0), 3.0.",
        "A stands above column 1.",
        "B stands above the lines from column 1 to 2.",
    ]
    assert product.lines(EN, 30) != product.sentences(EN)
    assert max(map(len, product.lines(EN, 30))) <= 30


def test_a_scene_has_a_line_for_each_edge_and_a_box_for_each_neuron(product):
    marks = product.scene(EN).marks
    assert sum(isinstance(mark, Line) for mark in marks) == 2
    assert sum(isinstance(mark, Box) for mark in marks) == 1
    assert {mark.text for mark in marks if isinstance(mark, Text) and mark.ringed} == {"A", "B"}


def test_an_edge_without_a_number_has_no_ground_over_its_line(product):
    grounds = [m for m in product.scene(EN).marks if isinstance(m, Text) and m.ground]
    assert [mark.text for mark in grounds] == ["3.0"]


def test_one_node_alone_is_a_graph():
    scene = Graph(nodes=[Node(id="x", column=3, row=2, text="1")]).scene(EN)
    assert scene.width > 0
    assert scene.height > 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_tells_it(product, lang):
    told = product.alternative(Translator(lang))
    assert "{{" not in told
    assert "6.0" in told


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"edges": [{"source": "x", "target": "nowhere"}]}, "nowhere"),
        ({"nodes": [{"id": "x", "column": 0, "row": 0, "text": "1"}] * 2, "edges": []}, "unique"),
        ({"nodes": [{"id": "x", "column": 0, "row": float("nan"), "text": "1"}]}, "row"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_no_graph_is_refused(product, changed, said):
    with pytest.raises(ValidationError, match=said):
        Graph.model_validate(product.model_dump() | changed)
