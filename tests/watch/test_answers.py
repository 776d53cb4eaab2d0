"""Answers that are read while they are being saved."""

import asyncio
import os

import pytest
from support.text_blocks import block

from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.watch.answers import is_untouched, read_answer, settled

RIGHT = block("""
    def softmax(x):
        return x
""")


@pytest.fixture(scope="module")
def course():
    return Course(builtin_root())


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ex11.py"


@pytest.mark.parametrize(
    ("content", "whole"),
    [
        (RIGHT, True),
        ("", False),
        ("\n\n", False),
        ("def softmax(x):\n    return (x", False),
        ("def softmax(x):\n", False),
        ("# nothing but a comment\n", False),
        ("%matplotlib inline\nx = 1\n", True),
        ("x = 1", True),
    ],
)
def test_what_looks_half_written(course, path, content, whole):
    path.write_text(content, encoding="utf-8")
    assert read_answer(path, course.exercise("ex11")).is_whole is whole


@pytest.mark.parametrize(("content", "whole"), [("a: 1\n", True), ("a: 1", False), ("", False)])
def test_an_answer_file_ends_with_its_line(course, tmp_path, content, whole):
    path = tmp_path / "ex14.yaml"
    path.write_text(content, encoding="utf-8")
    assert read_answer(path, course.exercise("ex14")).is_whole is whole


@pytest.mark.parametrize("content", ['{"cells": [', "", "{}"])
def test_a_notebook_that_cannot_be_read_is_not_whole(course, tmp_path, content):
    path = tmp_path / "ex11.ipynb"
    path.write_text(content, encoding="utf-8")
    assert not read_answer(path, course.exercise("ex11")).is_whole


def test_a_file_that_is_not_there_is_no_answer(course, path):
    assert read_answer(path, course.exercise("ex11")) is None
    assert asyncio.run(settled(path, course.exercise("ex11"))) is None


def test_the_second_half_is_waited_for(course, path):
    async def save_in_halves():
        path.write_text(RIGHT[:20], encoding="utf-8")
        reading = asyncio.create_task(settled(path, course.exercise("ex11")))
        await asyncio.sleep(0.05)
        with path.open("a", encoding="utf-8") as file:
            file.write(RIGHT[20:])
        return await reading

    assert asyncio.run(save_in_halves()).submission.source == RIGHT


def test_a_file_that_is_moved_away_and_written_anew_is_waited_for(course, path):
    path.write_text(RIGHT, encoding="utf-8")

    async def save():
        path.rename(path.with_name("ex11.py~"))
        reading = asyncio.create_task(settled(path, course.exercise("ex11")))
        await asyncio.sleep(0.05)
        path.write_text(RIGHT, encoding="utf-8")
        return await reading

    assert asyncio.run(save()).submission.source == RIGHT


def test_a_mistake_is_read_as_it_is_after_a_moment(course, path):
    path.write_text("def softmax(x:\n", encoding="utf-8")
    answer = asyncio.run(settled(path, course.exercise("ex11")))
    assert answer.submission.source == "def softmax(x:\n"


def test_what_is_no_file_is_an_answer_that_cannot_be_read(course, path, unblocked):
    os.mkfifo(path)
    with unblocked():
        answer = asyncio.run(settled(path, course.exercise("ex11")))
    assert answer.submission is None
    assert answer.error is not None
    assert answer.is_same(read_answer(path, course.exercise("ex11")))


@pytest.mark.parametrize("lang", ["en", "fr", "ru"])
@pytest.mark.parametrize("exercise", ["ex11", "ex14"])
def test_a_file_to_start_from_is_untouched_in_every_language(course, exercise, lang):
    loaded = course.exercise(exercise)
    assert is_untouched(loaded.stub(lang), loaded)
    assert not is_untouched(f"{loaded.stub(lang)}\nx = 1\n", loaded)
