from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.languages import LANGUAGES, Translator
from grader.pictures import Network
from grader.pictures.scene import Circle, Line, Text

EN = Translator("en")
WIDE = 80


def arrays(sizes, weights=lambda inputs, outputs: [inputs, outputs], biases=lambda n: [n]):
    """Return the shapes that a drive reports of a network."""
    made = {}
    for k, (inputs, outputs) in enumerate(pairwise(sizes), start=1):
        made[f"W{k}"] = weights(inputs, outputs)
        made[f"b{k}"] = biases(outputs)
    return made


def drawn(sizes, made):
    return Network.of(sizes, made).lines(EN, WIDE)


def texts(network, t=EN):
    return [mark.text for mark in network.scene(t).marks if isinstance(mark, Text)]


def test_a_right_network_is_a_chain_of_shapes():
    assert drawn([2, 3, 3, 1], arrays([2, 3, 3, 1])) == [
        "2 ─W1 (2, 3)─ 3 ─W2 (3, 3)─ 3 ─W3 (3, 1)─ 1",
        "              b1 (3,)       b2 (3,)       b3 (1,)",
    ]


def test_transposed_weights_are_drawn_as_they_are_and_marked_at_both_ends():
    sizes = [4, 6, 2]
    assert drawn(sizes, arrays(sizes, lambda inputs, outputs: [outputs, inputs])) == [
        "4 ≠W1 (6, 4)≠ 6 ≠W2 (2, 6)≠ 2",
        "              b1 (6,)       b2 (2,)",
        "≠ stands where a shape does not fit its neighbour.",
    ]


def test_the_end_that_fits_is_not_marked():
    (top, *_) = drawn([4, 6], {"W1": [4, 5], "b1": [6]})
    assert top == "4 ─W1 (4, 5)≠ 6"


def test_biases_that_do_not_fit_are_marked():
    (_, below, legend) = drawn([4, 6], {"W1": [4, 6], "b1": [6, 1]})
    assert below.strip() == "≠b1 (6, 1)"
    assert legend.startswith("≠")


def test_what_is_missing_is_a_question_mark_and_what_is_too_much_is_told():
    assert drawn([4, 6], {"W0": [4, 6], "b0": [6]}) == [
        "4 ─W1 ?─ 6",
        "         b1 ?",
        "? stands for an array that is missing.",
        "Further arrays: W0 (4, 6), b0 (6,).",
    ]


def test_a_deep_network_is_shortened_in_the_middle():
    sizes = [3, *range(4, 20), 2]
    network = Network.of(sizes, arrays(sizes))
    assert len(network.layers) == 6
    assert network.left_out == 11
    lines = network.lines(EN, WIDE)
    assert "… 11 more layers …" in lines
    assert any("W17 (19, 2)" in line for line in lines)
    assert "11 more layers" in texts(network)
    assert "layer 17" in texts(network)


def test_lines_keep_to_the_width_where_they_can():
    sizes = [64, 50, 40, 30, 20, 10]
    lines = Network.of(sizes, arrays(sizes)).lines(EN, 40)
    assert max(map(len, lines)) <= 40
    assert sum("W" in line for line in lines) == 5


def test_words_say_what_the_drawing_shows():
    told = Network.of([2, 3], {"W1": [3, 2]}).alternative(EN)
    assert told == (
        "A network from left to right, as columns of circles: 2, 3. "
        "W1 of shape (3, 2) does not fit between 2 and 3. There is no array b1."
    )


def test_a_scene_has_a_circle_for_each_number_and_a_line_for_each_weight():
    marks = Network.of([2, 3, 1], arrays([2, 3, 1])).scene(EN).marks
    assert sum(isinstance(mark, Circle) for mark in marks) == 6
    assert sum(isinstance(mark, Line) for mark in marks) == 2 * 3 + 3 * 1
    assert not [mark for mark in marks if mark.tone == "wrong"]


def test_a_misfit_does_not_rely_on_colour():
    marks = Network.of([2, 3], {"W1": [3, 2], "b1": [3]}).scene(EN).marks
    lines = [mark for mark in marks if isinstance(mark, Line)]
    assert all(line.broken for line in lines)
    assert texts(Network.of([2, 3], {"W1": [3, 2], "b1": [3]})).count("≠") == 2


def test_weights_that_are_no_matrix_have_no_lines():
    network = Network.of([2, 3], {"W1": [6], "b1": [3]})
    assert not [mark for mark in network.scene(EN).marks if isinstance(mark, Line)]
    assert "≠" in texts(network)


def test_a_million_neurons_are_a_few_circles():
    sizes = [10**6, 10**6, 10]
    network = Network.of(sizes, arrays(sizes))
    scene = network.scene(EN)
    assert len(scene.marks) < 200
    assert "W1 (1000000, 1000000)" in texts(network)
    assert scene.width < 12
    assert scene.height < 6


@pytest.mark.parametrize(("lang", "inputs"), [("en", "inputs"), ("fr", "entrées"), ("ru", "входы")])
def test_every_language_has_its_words(lang, inputs):
    t = Translator(lang)
    network = Network.of([2, 3], {"W1": [3, 2]})
    assert inputs in texts(network, t)
    assert "W1" in network.alternative(t)
    assert "{{" not in network.alternative(t)


HOSTILE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True)
    | st.text()
    | st.just(object()),
    lambda inside: (
        st.lists(inside, max_size=8)
        | st.tuples(inside)
        | st.dictionaries(st.text(), inside, max_size=3)
    ),
    max_leaves=10,
)
KEYS = st.sampled_from(["W1", "b1", "W2", "b2", "W0"]) | st.text() | st.integers() | st.none()


@given(st.dictionaries(KEYS, HOSTILE, max_size=12))
def test_fuzz_whatever_is_returned_is_drawn(made):
    network = Network.of([2, 10**6, 3], made)
    for lang in LANGUAGES:
        t = Translator(lang)
        assert all(len(line) < 500 for line in network.lines(t, WIDE))
        assert len(network.alternative(t)) < 2000
        assert len(network.scene(t).marks) < 300
    assert len(network.model_dump_json()) < 4000


def test_a_number_without_end_is_no_length():
    (top, *_) = drawn([2, 3], {"W1": [10**5000, 3], "b1": [10**16], 10**5000: [1]})
    assert top == "2 ≠W1 (…)≠ 3"


def test_names_of_a_submission_steer_no_terminal():
    network = Network.of([2, 3], {"\x1b[31mred\x1b[0m\u202e": [1], "W" * 10_000: [2]})
    said = "".join([*network.lines(EN, WIDE), network.alternative(EN)])
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert len(said) < 1000
