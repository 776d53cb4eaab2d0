"""Large notebooks are read where they can be, and cost the judge little where they cannot."""

import base64
import json
import random
import resource
import time

import pytest
from support.text_blocks import block

from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.reading.submission import read_bytes

ANSWER = block("""
    def softmax(x):
        return x  # 😀
""")
EMPTY = '{"cells": [%s], "nbformat": 4}'


def notebook(outputs="[]", source=ANSWER):
    begun = f'{{"cell_type": "code", "source": {json.dumps(source)}'
    return (EMPTY % f'{begun}, "outputs": {outputs}}}').encode()


def plot(size, *, lines):
    data = random.Random(0).randbytes(size)  # noqa: S311 - a picture
    text = base64.encodebytes(data) if lines else base64.b64encode(data)
    return json.dumps([{"data": {"image/png": text.decode()}}])


LARGE = {
    "a plot": plot(9_000_000, lines=False),
    "a plot in lines": plot(9_000_000, lines=True),
    "a page": json.dumps([{"data": {"text/html": "<b>x = 1, y</b>\n" * 500_000}}]),
    "numbers": json.dumps([{"x": [0.123456789012345 + n for n in range(300_000)]}]),
    "a log": json.dumps([{"text": [f"epoch {n}: loss 0.5\n" for n in range(100_000)]}]),
}


@pytest.mark.parametrize("outputs", LARGE.values(), ids=LARGE)
def test_a_notebook_with_much_in_it_is_read(outputs):
    submission = read_bytes(notebook(outputs), "ex11.ipynb", "code")
    assert submission.source == ANSWER
    assert submission.where(2).cell == 1


HOSTILE = {
    "lists": (notebook("[" + "[]," * 5_000_000 + "1]"), "read.notebook_heavy"),
    "dictionaries": (notebook("[" + "{}," * 5_000_000 + "1]"), "read.notebook_heavy"),
    "cells": (
        (EMPTY % ",".join(['{"cell_type":"code","source":"x"}'] * 400_000)).encode(),
        "read.notebook_heavy",
    ),
    "brackets": (notebook("[" * 2_000_000), "read.notebook_broken"),
    "no notebook": (b"[" + b"1," * 600_000 + b"1]", "read.notebook_broken"),
    "lines": (notebook(source="a\n" * 500_000), "read.too_long"),
    "code": (notebook(source="a = 1; " * 300_000), "read.too_large"),
    "no text": (notebook().replace(b"GRINNING", b"") + b"\xff" * 2_000_000, "read.notebook_broken"),
}


@pytest.mark.parametrize(("data", "refused"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_one_costs_little(data, refused):
    before, began = peak(), time.process_time()
    with pytest.raises(UnreadableSubmissionError) as error:
        read_bytes(data, "ex11.ipynb", "code")
    assert error.value.id == refused
    assert peak() - before < 64
    assert time.process_time() - began < 1


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
