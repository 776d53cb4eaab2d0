"""What checks say of what a call did on its device."""

import json

import numpy as np
import pytest
from support.languages import LANGUAGES
from support.text_blocks import block

from grader import (
    anywhere,
    assert_close,
    assert_no_device_named,
    assert_no_traffic,
    assert_on_device,
    assert_same_traffic,
    assert_same_work,
)
from grader.judge.checking.compare import CheckContext, setting
from grader.judge.checking.device_traffic import Watched
from grader.judge.failures import CheckFailedError, NotRunError
from grader.judge.feedback.conclusions import conclude
from grader.judge.feedback.outcome_equality import Measure, same_outcome
from grader.judge.processes.outcomes import Returned
from grader.judge.processes.sandboxed_program import ProgramSource
from grader.judge.reading.submission import read_bytes
from grader.report.messages import sentence
from grader.wire.seen import Event, Line, Part, TrafficRecord, Work
from grader.wire.values import Tensor

SOURCE = """\
import torch

def f(x):
    for row in x:
        y = row.sum().item()
    return y
"""
PROGRAM = ProgramSource("answer.py", SOURCE, {"f": 1})
ITEM = Part(5, None, 13, 5, 29)


def event(kind="synchronise", name="item", place=ITEM, count=4, operation="item"):
    return Event(kind, operation, name, place, count, 0)


def watched(*events, work=(), operations=0, peak_bytes=0):
    seen = TrafficRecord(tuple(events), tuple(work), operations, peak_bytes)
    return Watched(Returned(1.0, {}, seen), seen, PROGRAM)


def failing(check, *args, **options):
    with pytest.raises(CheckFailedError) as caught:
        check(*args, **options)
    return caught.value


def told(error, lang="en", source=SOURCE):
    submission = read_bytes(source.encode(), "answer.py", "code")
    findings = conclude(error, "test_f", submission).findings
    return [sentence(finding.id, finding.args, lang) for finding in findings]


def test_no_traffic_passes():
    assert_no_traffic(watched(operations=9))
    assert_no_traffic(watched(event("made")), apart_from={"made"})


def test_a_wait_is_told_with_its_line_and_marks():
    first, code = told(failing(assert_no_traffic, watched(event())))
    assert first.startswith("Your code waits for the device 4 times, by `item` in line 5: each")
    assert code == "    y = row.sum().item()\n        ^^^^^^^^^^^^^^^^"


def test_one_wait_is_told_in_the_singular():
    first, _ = told(failing(assert_no_traffic, watched(event(count=1))))
    assert first.startswith("Your code waits for the device 1 time, by")


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "ждёт устройство 1 раз "), (3, "3 раза "), (5, "5 раз "), (21, "21 раз ")],
)
def test_russian_counts_rightly(count, words):
    first, _ = told(failing(assert_no_traffic, watched(event(count=count))), "ru")
    assert words in first


@pytest.mark.parametrize("kind", ["to_host", "to_device", "made", "synchronise"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", [ITEM, None])
def test_each_kind_has_its_sentence_in_each_language(kind, lang, place):
    sentences = told(failing(assert_no_traffic, watched(event(kind, place=place))), lang)
    assert all(sentences)
    assert "{{" not in " ".join(sentences)
    assert len(sentences) == (1 if place is None else 2)


def test_the_line_that_does_it_most_is_told_and_the_others_counted():
    others = [event(place=Part(line), count=1) for line in (4, 6)]
    sentences = told(failing(assert_no_traffic, watched(*others, event())))
    assert "in line 5" in sentences[0]
    assert sentences[-1].startswith("2 other lines exchange data with the device")


def test_a_line_of_a_notebook_is_told_by_its_cell():
    texts = (
        "import torch",
        block("""
            def f(x):
                return x.sum().item()"""),
    )
    cell = {"cell_type": "code", "metadata": {}, "outputs": []}
    cells = [cell | {"source": text} for text in texts]
    raw = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    submission = read_bytes(raw.encode(), "answer.ipynb", "code")
    line = next(n for n, text in enumerate(submission.source.split("\n"), 1) if "item" in text)
    error = failing(assert_no_traffic, watched(event(place=Part(line))))
    first = conclude(error, "test_f", submission).findings[0]
    assert (first.args["cell"], first.args["line"]) == (2, 2)


def test_waits_that_grow_with_the_steps_are_told():
    few, many = watched(event(count=5)), watched(event(count=50))
    first, _ = told(failing(assert_same_traffic, few, many, steps=50))
    assert first.startswith("In 50 steps your code waits for the device 50 times, by `item`")
    assert_same_traffic(few, watched(event(count=5)), steps=50)
    assert_same_traffic(watched(), watched(), steps=50)


def test_waits_at_another_place_in_a_longer_call_are_no_growth():
    one, other = watched(event(count=2)), watched(event(place=Part(6), count=2))
    assert_same_traffic(one, other, steps=50)


def work(loop):
    return [Work(Line(5), loop), Work(Line(6), 1)]


def test_work_that_grows_is_told_with_the_loop():
    few = watched(work=work(8), operations=9)
    many = watched(work=work(32), operations=33)
    first, code = told(failing(assert_same_work, few, many, samples=(8, 32)))
    assert "9 for n = 8, and 33 for n = 32. Look at the loop in line 4" in first
    assert code.startswith("    for row in x:\n    ^^^")
    assert_same_work(few, few, samples=(8, 32))


def test_work_that_grows_without_a_loop_is_told_with_the_line_that_adds_most():
    few = watched(work=[Work(Line(6), 1)], operations=1)
    many = watched(work=[Work(Line(6), 7)], operations=7)
    first, _ = told(failing(assert_same_work, few, many, samples=(8, 32)))
    assert "comes from line 6" in first


def test_work_that_grows_nowhere_is_told_all_the_same():
    few, many = (watched(work=[Work(None, n)], operations=n) for n in (1, 7))
    (only,) = told(failing(assert_same_work, few, many, samples=(8, 32)))
    assert "line" not in only


def test_a_place_that_is_not_there_is_told_at_the_last_line():
    (first,) = told(failing(assert_no_traffic, watched(event(place=Part(10**6)))))
    assert f"in line {SOURCE.count(chr(10)) + 1}" in first


def tensor_on(device):
    return Tensor(np.ones(2), "float64", device)


def test_results_must_be_on_the_device():
    token = setting.set(CheckContext(device="sim"))
    try:
        assert_on_device({"W1": tensor_on("sim:0"), "b1": [tensor_on("sim:0")]})
        error = failing(assert_on_device, {"W1": tensor_on("sim:0"), "b1": tensor_on("cpu")})
        assert error.findings[0].id == "compare.device"
        assert error.findings[0].args["entry"] == "b1"
        assert failing(assert_on_device, [np.ones(2)]).findings[0].id == "compare.type"
        with pytest.raises(CheckFailedError):
            assert_close(tensor_on("cpu"), np.ones(2))
        assert_close(anywhere({"a": [tensor_on("cpu")]}), {"a": [np.ones(2)]})
    finally:
        setting.reset(token)


def test_calls_are_the_same_by_what_they_do_on_their_device():
    measure = Measure()
    one = watched(event(count=4), operations=10).outcome
    assert same_outcome(one, watched(event(name="float", count=9), operations=19).outcome, measure)
    assert not same_outcome(one, watched(event(), operations=21).outcome, measure)
    assert not same_outcome(one, watched(event("to_host"), operations=10).outcome, measure)
    assert not same_outcome(one, watched(operations=10).outcome, measure)
    assert not same_outcome(one, Returned(1.0), measure)


MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (100 * MEGABYTE, 190 * MEGABYTE, True),
        (100 * MEGABYTE, 210 * MEGABYTE, False),
        (100 * MEGABYTE, 0, False),
        (2 * MEGABYTE, 3 * MEGABYTE, True),
        (10, MEGABYTE, True),  # of so little nobody speaks
        (0, 2 * MEGABYTE, True),
        (0, 3 * MEGABYTE, False),
    ],
)
def test_calls_are_the_same_by_the_memory_that_they_hold(one, other, same):
    some, others = (watched(operations=10, peak_bytes=peak).outcome for peak in (one, other))
    assert same_outcome(some, others, Measure()) is same
    assert same_outcome(others, some, Measure()) is same


def test_calls_with_as_much_memory_differ_by_their_work():
    some, others = (
        watched(operations=count, peak_bytes=100 * MEGABYTE).outcome for count in (10, 21)
    )
    assert not same_outcome(some, others, Measure())


NAMING = {
    'torch.zeros(3, device="cuda")': "cuda",
    'torch.zeros(3, device="cuda:0")': "cuda:0",
    'torch.zeros(3).to("cpu")': "cpu",
    'torch.device("sim")': "sim",
    "torch.zeros(3).cuda()": ".cuda()",
    "x.cpu()": ".cpu()",
    'torch.zeros(3, device="cuda" if torch.cuda.is_available() else "cpu")': "cuda",
    "torch.zeros(3, device=DEVICE)": "cuda",
    "helper(x)": "cuda",
}
BESIDE = block("""
    import torch
    DEVICE = "cuda"
    def helper(x):
        return x.to("cuda")
""")
FREE = [
    "torch.zeros(3, device=device)",
    "torch.zeros(3, device=x.device)",
    'x.device.type == "cuda"',
    'torch.zeros(3, device=device or "cpu")',
    'torch.zeros(3, device="cpu" if device is None else device)',
    "torch.cuda.is_available()",
    'print("cuda is fast")',
]


def naming(expression, beside=BESIDE):
    source = beside + block(f"""
        def f(x, device='cpu'):
            return {expression}
    """)
    return read_bytes(source.encode(), "answer.py", "code")


@pytest.mark.parametrize("expression", NAMING)
def test_a_device_that_is_named_is_told_with_its_line(expression):
    submission = naming(expression)
    error = failing(assert_no_device_named, submission, "f")
    assert error.findings[0].args == {"name": NAMING[expression]}
    assert conclude(error, "test_f", submission).findings[1].id == "where.code"


@pytest.mark.parametrize("expression", FREE)
def test_what_imposes_no_device_names_none(expression):
    assert_no_device_named(naming(expression), "f")


@pytest.mark.parametrize(
    "function",
    [
        block("""
            def f(x, device):
                return x.to(device)
        """),
        block("""
            def f(x):
                device = x.device
                return [x.to(device) for _ in 'ab']
        """),
        block("""
            def f(x):
                def g(device):
                    return x.to(device)
                return g(x.device)
        """),
    ],
)
def test_a_device_of_the_same_name_outside_is_another_one(function):
    source = f'device = "cuda"\n{function}y = f(torch.ones(2, device=device))\n'
    assert_no_device_named(read_bytes(source.encode(), "answer.py", "code"), "f")


@pytest.mark.parametrize(
    "function",
    [
        block("""
            def f(x):
                return x.to(device)
        """),
        block("""
            def f(x, device=None):
                return g(x)
            def g(x):
                return [x.to(device)]
        """),
        block("""
            def f(x):
                global device
                return x.to(device)
        """),
        block("""
            class f:
                def __call__(self, x):
                    return x.to(device)
        """),
    ],
)
def test_a_device_that_is_named_outside_is_found_where_it_is_used(function):
    source = f'device = "cuda"\n{function}'
    submission = read_bytes(source.encode(), "answer.py", "code")
    error = failing(assert_no_device_named, submission, "f")
    assert error.findings[0].args == {"name": "cuda"}


def test_a_source_that_is_none_is_for_another_check():
    with pytest.raises(NotRunError):
        assert_no_device_named(naming("("), "f")
