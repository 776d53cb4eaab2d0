"""A class on a cluster gets what it gets on one machine, byte for byte outside `run`."""

import pytest
from support.text_blocks import block

from grader.course.loading import Course
from grader.course.locate import builtin_root

ANSWERS = builtin_root() / "answers"
DOUBLE = (
    block("""
        def double(x):
            return 2 * x
    """),
    block("""
        def double(x):
            return 3 * x
    """),
    block("""
        import os


        def double(x):
            os._exit(1)
    """),
    block("""
        def double(x):
            raise ValueError('not yet')
    """),
    "def double(x:\n",
    "half: 0.25\n",
)


def tiny_class(number):
    submissions = []
    for index in range(number):
        text = DOUBLE[index % len(DOUBLE)]
        exercise = "ex02" if text.startswith("half") else "ex01"
        submissions.append((f"s{index:03}", exercise, f"{text}# {index}\n"))
    return submissions


def test_the_tiny_course_on_two_workers(tiny):
    submissions = tiny_class(24)
    there = tiny.run(submissions, "local:2", out="there")
    here = tiny.run(submissions, out="here")
    assert [(row.status, row.reached) for row in there.rows] == [
        (row.status, row.reached) for row in here.rows
    ]
    assert tiny.files("there") == tiny.files("here")
    assert tiny.files("there")
    assert tiny.notices == []


@pytest.mark.slow
def test_a_mixed_class_of_the_course(tiny):
    tiny.course = Course(builtin_root())
    submissions = []
    for exercise in ("ex11_softmax", "ex15_cross_entropy", "ex42_train_step"):
        (folder,) = ANSWERS.glob(f"{exercise[:4]}_*")
        wrong = sorted((folder / "misconceptions").glob("*.py"))[:5]
        for file in (folder / "reference.py", *wrong):
            submissions += [
                (f"{file.stem}{number}", exercise[:4], f"{file.read_text()}\n# {number}\n")
                for number in range(2)
            ]
    there = tiny.run(submissions, "local:2", out="there")
    here = tiny.run(submissions, out="here")
    assert tiny.files("there") == tiny.files("here")
    assert there.sentences == here.sentences
    resumed = tiny.run(submissions, "local:2", out="here")
    assert resumed.judged == 0
