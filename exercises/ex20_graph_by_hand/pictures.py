"""The two graphs of the task: what is asked for stands there as a question mark."""

from grader.pictures import Computation, Picture, Value


def first(words):
    values = [
        Value(name="x", data="1", grad="?"),
        Value(name="y", data="3", grad="?"),
        Value(name="z", data="-3", grad="?"),
        Value(name="p", made="x + y", inputs=("x", "y"), data="?", grad="?"),
        Value(name="g", made="p · z", inputs=("p", "z"), data="?", grad="?"),
    ]
    return Picture(Computation(values=values))


def second(words):
    values = [
        Value(name="x", data="2", grad="?"),
        Value(name="y", data="-1", grad="?"),
        Value(name="z", data="5", grad="?"),
        Value(name="p", made="x · y", inputs=("x", "y"), data="?", grad="?"),
        Value(name="q", made="p + z", inputs=("p", "z"), data="?", grad="?"),
        Value(name="g", made="q · x", inputs=("q", "x"), data="?", grad="?"),
    ]
    return Picture(Computation(values=values))
