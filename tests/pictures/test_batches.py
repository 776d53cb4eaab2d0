"""Mini-batches: which samples they hold, never, once or twice."""

import pytest

from grader.course.languages import LANGUAGES, Translator
from grader.pictures import Batches
from grader.pictures.batches import MOST_BATCHES, MOST_SAMPLES
from grader.pictures.scene import Cell

EN = Translator("en")
RIGHT = [[3, 1], [0, 4], [2]]


def test_every_sample_once_is_nothing_odd():
    batches = Batches.of(RIGHT, RIGHT, 5)
    assert batches.lines(EN, 80) == [
        " sample  0  1  2  3  4",
        "batch 1  .  ●  .  ●  .",
        "batch 2  ●  .  .  .  ●",
        "batch 3  .  .  ●  .  .",
        "  times  1  1  1  1  1",
    ]
    assert batches.oddities(EN) == []


def test_samples_taken_twice_and_never_are_marked():
    batches = Batches.of([[3, 3], [0, 3]], RIGHT, 5)
    assert batches.lines(EN, 80) == [
        " sample  0  1  2  3  4",
        "batch 1  .  .  .  2  .",
        "batch 2  ●  .  .  ●  .",
        "  times  1  0  0  3  0",
        "3 samples are in no batch.",
        "1 sample is taken more than once.",
        "Number of batches: 2 instead of 3.",
    ]
    assert batches.sentences(EN)[0] == "Batch 1 of size 2: 3, 3."


def test_a_row_that_was_never_given_is_told():
    assert "1 row is no sample that was given." in Batches.of([[0, -1], [1]], RIGHT, 2).oddities(EN)


def test_both_are_drawn_and_what_is_odd_has_a_ground_of_its_own():
    marks = Batches.of([[3, 3], [0, 1]], RIGHT, 5).scene(EN).marks
    shades = [mark.shade for mark in marks if isinstance(mark, Cell)]
    assert len(shades) == 5 * (2 + 1) + 5 * 3
    assert shades.count("taken") == 2 + 5
    assert shades.count("over2") == 1 + 3


def test_a_large_epoch_is_cut_and_counted_whole():
    got = [list(range(32 * k, 32 * k + 32)) for k in range(99)]
    batches = Batches.of(got, got, 32 * 100)
    assert (len(batches.got), batches.drawn) == (MOST_BATCHES, MOST_SAMPLES)
    assert batches.never == 32
    assert "Of 3200 samples and 99 batches the first are drawn." in batches.lines(EN, 80)
    assert not any(line.startswith("  times") for line in batches.lines(EN, 80))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "got",
    [
        [],
        [None, "x", 3, {}],
        [[None, "x", 2.5, True, 10**400, -1]],
        [[0] * 10**6],
        [[k] for k in range(10**5)],
    ],
)
@pytest.mark.parametrize("samples", [0, 5, 10**6])
def test_any_batches_are_drawn_within_their_bounds(got, samples, lang):
    t = Translator(lang)
    batches = Batches.of(got, RIGHT, samples)
    assert len(batches.model_dump_json()) < 8000
    assert "{{" not in batches.alternative(t)
    assert batches == Batches.model_validate_json(batches.model_dump_json())
    batches.lines(t, 80)
    batches.scene(t)
