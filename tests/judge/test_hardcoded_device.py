"""The line that chooses a device by itself is named, where that is why a check ends."""

import textwrap
from typing import ClassVar

import pytest
from support.text_blocks import block

from grader.judge.failures import Finding
from grader.judge.feedback.conclusions import Conclusion
from grader.judge.feedback.hardcoded_device import with_idiom
from grader.judge.reading.submission import read_bytes

MIXED = Finding("call.raised", {"explained": "devices", "line": 90})
NO_GPU = Finding("call.raised", {"explained": "no_gpu", "line": 90})
ELSEWHERE = Finding("compare.device", {"got": "cpu", "expected": "sim"})
MOVED = Finding("traffic.to_host", {"name": "to", "line": 90})


class Model:
    functions: ClassVar = {"f": ["x"]}


def named(source, *findings, device="sim"):
    """Return ids and lines of what is added to findings about a submission."""
    submission = read_bytes(textwrap.dedent(source).lstrip("\n").encode(), "f.py", "code")
    before = Conclusion("error", findings, "student")
    after = with_idiom(before, submission, Model, device)
    assert after.findings[: len(findings)] == findings
    more = after.findings[len(findings) :]
    assert [one.id for one in more[1:]] in ([], ["where.code"])
    return [(one.id, one.args["line"]) for one in more[:1]]


USE = block("""
    def f(x):
        return x.to(device)
""")
CHOSEN = {
    "a conditional": 'device = "cuda" if torch.cuda.is_available() else "cpu"',
    "of torch": 'device = torch.device("cuda:0" if torch.cuda.is_available() else "cpu")',
    "the other way round": 'device = "cpu" if not torch.cuda.is_available() else "cuda"',
    "by a name": 'device = "cuda" if use_cuda else "cpu"',
    "picked from a list": 'device = ["cpu", "cuda"][torch.cuda.is_available()]',
    "a statement": 'if torch.cuda.is_available():\n    device = "cuda"\nelse:\n    device = "cpu"',
}


@pytest.mark.parametrize("finding", [MIXED, ELSEWHERE, MOVED], ids=lambda one: one.id)
@pytest.mark.parametrize("choice", CHOSEN.values(), ids=CHOSEN)
def test_a_choice_by_what_is_available_is_named_where_it_stands(choice, finding):
    source = f"import torch\n{choice}\n{USE}"
    assert named(source, finding) == [("device.by_availability", 2)]


def test_a_choice_inside_of_the_function_is_named():
    source = """
        def f(x):
            y = 2 * x
            return y.to("cuda" if torch.cuda.is_available() else "cpu")
    """
    assert named(source, ELSEWHERE) == [("device.by_availability", 3)]


def test_a_default_that_is_overwritten_is_named():
    source = """
        device = "cpu"
        if torch.cuda.is_available():
            device = "cuda"
        def f(x):
            return x.to(device)
    """
    assert named(source, ELSEWHERE) == [("device.by_availability", 2)]


@pytest.mark.parametrize("device", ["cpu", "cuda"])
def test_where_the_choice_is_right_it_is_not_named(device):
    source = f"{CHOSEN['a conditional']}\n{USE}"
    assert named(source, ELSEWHERE, device=device) == []


def test_what_the_function_does_not_use_is_not_named():
    beside = block("""
        def f(x):
            return x
        print(f(torch.ones(3).to(device)))""")
    source = f"{CHOSEN['a conditional']}\n{beside}"
    assert named(source, MIXED) == []


@pytest.mark.parametrize(
    "other",
    [
        Finding("compare.values", {"count": 3}),
        Finding("call.raised", {"explained": "shapes", "line": 2}),
        Finding("traffic.to_host", {"name": "item", "line": 90}),
    ],
    ids=str,
)
def test_another_mistake_is_not_blamed_on_the_choice(other):
    source = f"{CHOSEN['a conditional']}\n{USE}"
    assert named(source, other) == []


@pytest.mark.parametrize(
    "line",
    ['device = "cuda"', 'device = "cuda:0"', 'device = torch.device("cuda:0")', "y = y.cuda()"],
)
@pytest.mark.parametrize("device", ["cpu", "sim"])
def test_a_gpu_that_is_asked_for_is_named_where_it_is_not_quoted_yet(line, device):
    source = block(f"""
        import torch
        {line}
        def f(x):
            return x.to(device) + y
    """)
    assert named(source, NO_GPU, device=device) == [("device.named", 2)]
    quoted = Finding("call.raised", {"explained": "no_gpu", "line": 2})
    assert named(source, quoted, device=device) == []


def test_a_file_that_cannot_be_parsed_or_is_endless_is_let_be():
    assert named("def f(x) return x", ELSEWHERE) == []
    endless = f"{CHOSEN['a conditional']}\n{USE}" + "#" * 70_000
    assert named(endless, ELSEWHERE) == []
