"""The drawing of ex08: its data, the text that it stands beside, and its files."""

import re
from pathlib import Path

import numpy as np
import pytest

from grader.course.languages import LANGUAGES, Translator
from grader.course.loading import Course
from grader.pictures.making import of_task

ROOT = Path(__file__).resolve().parents[2]
ART = re.compile(r"```text\n(.*?)```", re.DOTALL)
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
ANSWERS = {
    "en": ["input", "weight", "bias", "hidden", "probabilit"],
    "fr": ["entrée", "poids", "biais", "caché", "probabilité"],
    "ru": ["вход", "вес", "смещен", "скрыт", "вероятност"],
}


@pytest.fixture(scope="module")
def exercise():
    return Course(ROOT).exercise("ex08")


def drawing(exercise, lang="en"):
    return of_task(exercise, lang)["parts"].drawing


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_text_of_the_task_shows_the_same_numbers_and_names(exercise, lang):
    (art,) = ART.findall(exercise.prose(lang).prompt)
    graph = drawing(exercise, lang)
    numbers = [node.text for node in graph.nodes] + [edge.text for edge in graph.edges]
    numbers += [node.below for node in graph.nodes if node.below]
    assert sorted(NUMBER.findall(art)) == sorted(numbers)
    names = {node.name for node in graph.nodes if node.name}
    letters = {letter.text for letter in graph.letters}
    assert set(re.findall(r"[^\W\d_]+", art)) == names | letters


def test_the_numbers_are_those_of_a_network(exercise):
    graph = drawing(exercise)
    columns = [[node for node in graph.nodes if node.column == k] for k in range(3)]
    value = {node.id: float(node.text) for node in graph.nodes}
    weight = {(edge.source, edge.target): float(edge.text) for edge in graph.edges}
    for node in columns[1]:
        sum_ = sum(value[one.id] * weight[one.id, node.id] for one in columns[0])
        assert np.isclose(max(0, sum_ + float(node.below)), value[node.id])
    sums = [
        sum(value[one.id] * weight[one.id, node.id] for one in columns[1]) for node in columns[2]
    ]
    softmax = np.exp(sums) / np.exp(sums).sum()
    np.testing.assert_allclose(softmax, [value[node.id] for node in columns[2]], atol=0.006)


@pytest.mark.parametrize("lang", ANSWERS)
def test_neither_caption_nor_words_give_an_answer_away(exercise, lang):
    told = drawing(exercise, lang).alternative(Translator(lang))
    told += exercise.prose(lang).front.pictures["parts"]["caption"]
    assert [word for word in ANSWERS[lang] if word in told.lower()] == []


@pytest.mark.parametrize(
    ("lang", "value"), [("en", "mouse 0.85"), ("fr", "souris 0.85"), ("ru", "мышь 0.85")]
)
def test_show_writes_it(grader, lang, value):
    done = grader.run("show", "ex08", "--pictures", "drawn", "--lang", lang)
    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in (grader.folder / "drawn").iterdir()) == [
        "ex08_parts.png",
        "ex08_parts.svg",
        "ex08_parts.txt",
    ]
    words = (grader.folder / "drawn/ex08_parts.txt").read_text(encoding="utf-8")
    assert value in words
