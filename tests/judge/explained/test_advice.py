"""What a student reads of an exception: the sentence fits what was written, in any wording."""

import time

import pytest
from support.languages import LANGUAGES
from support.text_blocks import block

from grader.judge.feedback.conclusions import conclude_call
from grader.judge.feedback.explained.explain import explanation
from grader.judge.processes.outcomes import Raised
from grader.judge.reading.submission import read_bytes
from tests.judge.explained.raising import text, told

FUNCTION = block("""
    def f():
        {body}
""")
FILE = read_bytes(
    block("""
        def f(x):
            return x
    """).encode(),
    "ex01.py",
    "code",
)
DIMENSIONS = "dimension is 3 but corresponding boolean dimension is 4"
OTHER_WORDINGS = [
    ("UnboundLocalError", "local variable 'x' referenced before assignment", "unbound"),
    ("TypeError", "only length-1 arrays can be converted to Python scalars", "one_number"),
    ("TypeError", "only 0-dimensional arrays can be converted to Python scalars", "one_number"),
    ("ValueError", "math domain error", "domain"),
    ("ValueError", "expected a positive input, got 0.0", "domain"),
    ("ValueError", "expected a nonnegative input, got -1.0", "domain"),
    ("ValueError", "max() arg is an empty sequence", "empty"),
    ("ValueError", "max() iterable argument is empty", "empty"),
    ("ValueError", "too many values to unpack (expected 2, got 3)", "unpack_many"),
    (
        "TypeError",
        "f() got an unexpected keyword argument 'dim'. Did you mean 'din'?",
        "keyword",
    ),
    (
        "AttributeError",
        "'NoneType' object has no attribute 'shape'. Did you mean: 'x'?",
        "none_attribute",
    ),
    (
        "IndexError",
        f"boolean index did not match indexed array along dimension 0; {DIMENSIONS}",
        "mask",
    ),
    (
        "ValueError",
        "The truth value of an array with more than one element is ambiguous. Use a.any()",
        "truth",
    ),
    ("ZeroDivisionError", "float division by zero", "zero_division"),
    ("ZeroDivisionError", "integer modulo by zero", "zero_division"),
    ("RuntimeError", "Expected all tensors to be on the same device, but found two", "devices"),
    ("RuntimeError", "indices should be either on cpu or on the same device as", "devices"),
    (
        "RuntimeError",
        "Input type (torch.FloatTensor) and weight type (torch.sim.FloatTensor) should be the same",
        "devices",
    ),
    (
        "RuntimeError",
        "Input and hidden tensors are not at the same device, found input tensor at sim:0",
        "devices",
    ),
    (
        "RuntimeError",
        "Function MulBackward0 returned an invalid gradient at index 0 - expected device sim:0",
        "devices",
    ),
    ("AssertionError", "Torch not compiled with CUDA enabled", "no_gpu"),
    ("TypeError", "can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu()", "to_cpu"),
    ("RuntimeError", "mat1 and mat2 must have the same dtype, but got Float and Double", "dtypes"),
    ("RuntimeError", "expected scalar type Float but found Double", "dtypes"),
    ("IndexError", "index out of range in self", "index_outside"),
]


@pytest.mark.parametrize(("kind", "detail", "explained"), OTHER_WORDINGS)
def test_other_versions_of_a_message_are_known_as_well(kind, detail, explained):
    assert explanation(Raised(kind, detail, 2), FILE).id == f"raised.{explained}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_nobody_foresaw_is_quoted_and_marked(lang):
    (finding, *_) = conclude_call("f", Raised("OddError", "the `end`\nis near.", 2), FILE).findings
    assert "explained" not in finding.args
    assert "`the 'end' is near`" in text(finding, lang)


def test_words_of_the_student_s_own_are_quoted_and_not_interpreted():
    for statement in ("raise ValueError('math domain error')", "raise KeyError('x')"):
        (finding, *_, said) = told(FUNCTION.format(body=statement))
        assert (finding.id, finding.args["explained"]) == ("call.raised", "own")
        assert said.args["said"].startswith(finding.args["type"])


def test_an_assertion_of_a_library_is_not_the_student_s():
    (finding, *_) = told(
        block("""
            import numpy as np
            def f():
                np.testing.assert_equal(1, 2)
        """)
    )
    assert "explained" not in finding.args


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            block("""
                def f():
                    raise NotImplementedError
            """),
            "call.not_written",
        ),
        (
            block("""
                def f():
                    y = 1
                    raise NotImplementedError()  # todo
            """),
            "call.not_written",
        ),
        (
            block("""
                def f():
                    if True:
                        raise NotImplementedError
            """),
            "call.raised",
        ),
        (
            block("""
                def f():
                    raise NotImplementedError('only floats')
            """),
            "call.raised",
        ),
        (
            block("""
                def g():
                    raise NotImplementedError
                def f():
                    g()
            """),
            "call.raised",
        ),
        (
            block("""
                import torch
                def f():
                    return torch.softmax(torch.tensor([1, 2]), 0)
            """),
            "call.raised",
        ),
        (
            block("""
                def f():
                    A().g()
                class A:
                    def g(me):
                        raise NotImplementedError
            """),
            "call.raised",
        ),
    ],
)
def test_only_the_stub_s_own_line_is_not_written_yet(source, message):
    (finding, *_) = told(source)
    assert finding.id == message


def test_what_a_library_lacks_is_no_import_of_the_student_s():
    (finding, *_) = told(
        block("""
            import torch
            def f():
                return torch.ones(1).to('hpu')
        """)
    )
    assert (finding.id, finding.args["explained"]) == ("call.raised", "library")
    assert "needs the module torch.hpu" in text(finding)
    for line in ("import not_here_at_all", "__import__('not_here_at_all')"):
        (own, *_) = told(FUNCTION.format(body=line))
        assert (own.id, own.args["module"]) == ("call.import", "not_here_at_all")


def test_a_name_that_is_near_is_one_that_the_line_can_use():
    elsewhere = block("""
        def g():
            weights = 1
        def f():
            return wieghts
    """)
    (finding, *_) = told(elsewhere)
    assert "near" not in finding.args
    (finding, *_) = told(
        block("""
            def f():
                weights = 1
                return wieghts
        """)
    )
    assert finding.args["near"] == "weights"


HOSTILE = [
    "f() missing 1 required positional argument: " + "'a', " * 400,
    "unsupported operand type(s) for +: '" + "a" * 2000,
    "index " + "9" * 2000 + " is out of bounds for axis 0 with size " + "9" * 2000,
    "operands could not be broadcast together with shapes (" + "1," * 900,
    "shapes (" + " " * 2000,
    "cannot reshape array of size 1 into shape (" + "-1, " * 500,
    "'" + "\n" * 2000,
    "a" * 2000 + "Maybe you meant '=='",
]


@pytest.mark.parametrize("detail", HOSTILE)
@pytest.mark.parametrize("kind", ["TypeError", "ValueError", "IndexError", "KeyError"])
@pytest.mark.parametrize("why", ["raised", "syntax"])
def test_a_hostile_message_is_read_at_once_and_stays_short(kind, detail, why):
    began = time.process_time()
    findings = conclude_call("f", Raised(kind, detail, 2, why), FILE).findings
    assert time.process_time() - began < 0.5
    for lang in LANGUAGES:
        assert len(text(findings[0], lang)) < 800


@pytest.mark.parametrize("key", ["`x`", "$a$", "\x1b[31m", "[link](http://x)"])
def test_pieces_of_a_message_are_no_markup(key):
    (finding, *_) = told(
        block(f"""
            def f():
                return {{}}[{key!r}]
        """)
    )
    assert finding.args["explained"] == "key"
    assert "\x1b" not in finding.args["key"]
    assert "`" not in finding.args["key"]
