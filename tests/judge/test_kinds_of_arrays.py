"""Arrays of every kind: functions of the judge take what NumPy takes, and so do comparisons."""

import pytest
from support.text_blocks import block

CHECK = """\
def test_one(student, rng):
    seen = []

    def total(v):
        seen.append(np.shape(v))
        return float(np.square(np.asarray(v, dtype=np.float64)).sum())

    x = np.array([[1.0, 2.5], [-3.0, 4.0]])
    assert_close(student.double(total, x), total(x))
    assert set(seen) == {(2, 2)}, seen
"""
TAKEN = {
    "itself": "x",
    "extended precision": "x.astype(np.longdouble)",
    "float32": "x.astype(np.float32)",
    "the other byte order": "x.astype('>f8')",
    "a matrix": "np.asmatrix(x)",
    "a masked array": "np.ma.array(x)",
    "a masked array with masked entries": "np.ma.array(x, mask=x > 2)",
    "a subclass of its own": "x.view(type('Mine', (np.ndarray,), {}))",
    "an array of objects": "x.astype(object)",
    "fractions": "np.array([[Fraction(v) for v in row] for row in x.tolist()])",
    "a list": "x.tolist()",
    "a list of rows": "list(x)",
    "a tuple of extended numbers": "tuple(tuple(np.longdouble(v) for v in row) for row in x)",
    "negative strides": "x[::-1, ::-1][::-1, ::-1]",
    "columns first": "np.asfortranarray(x)",
    "a memoryview": "memoryview(x)",
    "texts that are numbers": "x.astype(str)",
}


def with_functions(court, expression):
    court.exercise(CHECK, functions={"double": ["f", "x"]})
    source = block(f"""
        from fractions import Fraction

        import numpy as np


        def double(f, x):
            return f({expression})
    """)
    return court.checks(source)["test_one"]


@pytest.mark.parametrize("expression", TAKEN.values(), ids=TAKEN)
def test_a_function_of_the_judge_takes_what_numpy_takes(court, expression):
    check = with_functions(court, expression)
    assert check.status == "passed", check.feedback


REFUSED = {
    "objects that are no numbers": ("np.array([object()])", "TypeError"),
    "rows of different lengths": ("[[1.0], [2.0, 3.0]]", "ValueError"),
    "a text": ("'text'", "ValueError"),
    "too many arguments": ("x, 1", "TypeError"),
    "an array beyond all limits": ("np.zeros(1 << 24)", "ValueError"),
}


@pytest.mark.parametrize(("expression", "kind"), REFUSED.values(), ids=REFUSED)
def test_what_it_cannot_take_is_told_in_python_s_own_words(court, expression, kind):
    check = with_functions(court, expression)
    assert (check.status, check.blame) == ("error", "student")
    assert check.feedback[0].args["type"] == kind
    for text in [m.text for m in check.feedback]:
        assert not any(word in text for word in ("Judge", "grader", "Foreign", "<locals>"))


RESULT = block("""
    def test_one(student):
        x = np.arange(6.0).reshape(2, 3)
""")
COMPARED = {
    "a matrix": ("np.asmatrix(2 * x)", None),
    "a masked array": ("np.ma.array(2 * x)", None),
    "a subclass of its own": ("(2 * x).view(type('Mine', (np.ndarray,), {}))", None),
    "extended precision": ("2 * x.astype(np.longdouble)", None),
    "a matrix with a wrong entry": ("np.asmatrix(2.1 * x)", "compare.values"),
    "masked entries": ("np.ma.array(2 * x, mask=x > 2)", "compare.foreign"),
    "half precision": ("(2.02 * x).astype(np.float16)", "compare.values"),
    "half precision of the right values": ("(2 * x).astype(np.float16)", None),
}


@pytest.mark.parametrize(("expression", "told"), COMPARED.values(), ids=COMPARED)
def test_results_are_judged_by_the_numbers_in_them(court, expression, told):
    court.exercise(f"{RESULT}    assert_close(student.double(x), 2 * x)\n")
    source = block(f"""
        import numpy as np


        def double(x):
            return {expression}
    """)
    check = court.checks(source)["test_one"]
    assert [message.id for message in check.feedback] == ([told] if told else [])


NUMBERS = {
    "a subclass of float": "type('Loss', (float,), {})(2.0 * x)",
    "a subclass of int": "type('Count', (int,), {})(2 * x)",
    "an extended number": "np.longdouble(2 * x)",
}


@pytest.mark.parametrize("expression", NUMBERS.values(), ids=NUMBERS)
def test_a_number_of_a_subclass_is_a_number(court, expression):
    court.exercise(
        block("""
            def test_one(student):
                assert_close(student.double(3), 6)
        """)
    )
    source = block(f"""
        import numpy as np


        def double(x):
            return {expression}
    """)
    assert court.checks(source)["test_one"].status == "passed"


def test_extended_precision_has_a_dtype_of_its_own(court):
    court.exercise(
        block("""
            def test_one(student):
                assert_dtype(student.double(np.ones(2)), 'float64')
        """)
    )
    source = block("""
        import numpy as np


        def double(x):
            return 2 * x.astype(np.longdouble)
    """)
    (message,) = court.checks(source)["test_one"].feedback
    assert (message.id, message.args["expected"]) == ("compare.dtype", "float64")
    assert message.args["got"] in {"float128", "longdouble"}
