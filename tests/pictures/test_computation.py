"""A computation graph: a submission's numbers beside the right ones, and where its boxes stand."""

import pytest
from pydantic import ValidationError

from grader.course.languages import LANGUAGES, Translator
from grader.pictures import Computation
from grader.pictures.computation import MOST_VALUES
from grader.pictures.layers import laid_out
from grader.pictures.scene import Box, Path, Text

EN = Translator("en")
MADE = {"x": "", "y": "", "p": "x + y", "q": "p * y", "g": "q.relu()"}
RIGHT = {
    "data": {"x": 1.5, "y": -2.0, "p": -0.5, "q": 1.0, "g": 1.0},
    "grad": {"x": -2.0, "y": -2.5, "p": -2.0, "q": 1.0, "g": 1.0},
}


def built(**wrong):
    """Return the graph of numbers that are right, but for some gradients."""
    return Computation.of(MADE, RIGHT | {"grad": RIGHT["grad"] | wrong}, RIGHT)


def test_right_numbers_stand_alone():
    assert built().lines(EN, 80) == [
        "               value   gradient",
        "x              1.5     -2",
        "y              -2      -2.5",
        "p = x + y      -0.5    -2",
        "q = p * y      1       1",
        "g = q.relu()   1       1",
    ]
    assert not built().misfits


def test_a_wrong_gradient_has_the_right_one_beside_it():
    graph = built(y=-0.5)
    assert graph.lines(EN, 80)[2] == "y              -2      -0.5 ≠ -2.5"
    assert graph.lines(EN, 80)[-1] == "Behind ≠ stands the right number."
    assert "y: value -2, gradient -0.5 instead of -2.5." in graph.sentences(EN)
    (text,) = [m for m in graph.scene(EN).marks if isinstance(m, Text) and "≠ -2.5" in m.text]
    assert text.tone == "wrong"


def test_rounding_is_no_difference():
    assert not built(y=-2.5 - 1e-12, q=1).misfits


@pytest.mark.parametrize("value", [float("nan"), None, "text", [1.0], 10**400, 1j, {}])
def test_what_is_no_such_number_is_wrong(value):
    assert built(y=value).values[1].right_grad == "-2.5"


@pytest.mark.parametrize("got", [None, 3, {}, {"grad": None}, {"data": {}, "grad": {3: 4}}])
def test_what_a_result_lacks_is_a_question_mark(got):
    graph = Computation.of(MADE, got, RIGHT)
    assert {value.grad for value in graph.values} == {"?"}
    graph.scene(EN)


def test_edges_are_the_names_in_an_operation():
    inputs = {value.name: value.inputs for value in built().values}
    assert inputs == {"x": (), "y": (), "p": ("x", "y"), "q": ("p", "y"), "g": ("q",)}
    assert Computation.of({"x": "", "g": "x * x"}, {}, RIGHT).values[1].inputs == ("x",)


def test_a_scene_has_a_box_for_each_value_and_arrows_there_and_back():
    marks = built().scene(EN).marks
    assert sum(isinstance(mark, Box) for mark in marks) == 5
    arrows = [mark for mark in marks if isinstance(mark, Path) and mark.arrow]
    assert len(arrows) == 2 * 5
    there = [mark for mark in arrows if not mark.broken]
    assert all(mark.points[0][0] < mark.points[-1][0] for mark in there)
    back = [mark for mark in arrows if mark.broken]
    assert all(mark.points[0][0] > mark.points[-1][0] for mark in back)


def test_no_arrow_crosses_a_box():
    marks = built().scene(EN).marks
    boxes = [mark for mark in marks if isinstance(mark, Box)]
    for path in (mark for mark in marks if isinstance(mark, Path)):
        for x, y in path.points[1:-1]:
            assert not any(
                abs(x - box.x) < box.width / 2 and abs(y - box.y) < box.height / 2 for box in boxes
            )


def test_what_stands_in_a_column_keeps_apart():
    places = laid_out({"a": (), "b": (), "c": ("a",), "d": ("c", "b")}, box=1.0, arrow=0.5)
    assert {column for column, _ in places.values.values()} == {0, 1, 2}
    assert abs(places.values["a"][1] - places.values["b"][1]) == 1.0
    assert len(places.arrows["b", "d"]) == 3
    assert places.arrows["b", "d"][1] != places.values["c"]


def test_a_large_graph_is_cut():
    made = {"v0": ""} | {f"v{k}": f"v{k - 1} + v{k - 1}" for k in range(1, 500)}
    graph = Computation.of(made, {}, {"data": {}, "grad": {}})
    assert (len(graph.values), graph.left_out) == (MOST_VALUES, 500 - MOST_VALUES)
    assert graph.lines(EN, 80)[-1] == f"{500 - MOST_VALUES} more values are left out here."
    graph.scene(EN)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_tells_it(lang):
    told = built(y=1.0).alternative(Translator(lang))
    assert "{{" not in told
    assert "p = x + y" in told


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([{"name": "p", "inputs": ["x"]}, {"name": "x"}], "does not stand before it"),
        ([{"name": "x"}, {"name": "x"}], "unique"),
        ([{"name": "$x$"}], "pattern"),
        ([], "at least 1"),
    ],
)
def test_what_is_no_computation_is_refused(values, said):
    with pytest.raises(ValidationError, match=said):
        Computation.model_validate({"values": values})
