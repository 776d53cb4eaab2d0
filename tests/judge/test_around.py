"""What stands around an answer: libraries in passing, magics, letters, files that cells write."""

import json
import textwrap

import pytest
from support.text_blocks import block

from grader.judge.reading.lookalike_letters import lookalike
from grader.wire.levels import Level

DOUBLE = block("""
    def double(x):
        return 2 * x
""")
TEN = block("""
    def test_one(student):
        assert_close(student.double(3.0), 6.0)
""")


def notebook(*cells):
    """Return a notebook with these code cells."""
    made = [{"cell_type": "code", "source": text, "metadata": {}, "outputs": []} for text in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made})


def ids(messages):
    return [message.id for message in messages]


@pytest.fixture
def judge(court):
    """Judge a source under one check."""
    court.exercise(TEN)
    return lambda source, name="ex01.py": court.judge(source, name=name)


def program(above, inside):
    """Return a program of an import and the body of `double`."""
    return block("""
        {above}


        def double(x):
            {inside}
    """).format(above=above, inside=inside)


IN_PASSING = [
    ("import matplotlib.pyplot as plt", "plt.plot(x); fig = plt.figure(); fig.show()"),
    ("from tqdm.auto import tqdm", "for i in tqdm(range(3), total=3): x = x + 0"),
    ("from tqdm import trange", "for i in trange(3): x = x + 0"),
    ("import tqdm", "bar = tqdm.tqdm([1, 2]); bar.update(len(bar)); x = x + 0 * sum(bar)"),
    ("from IPython.display import display, clear_output", "clear_output(wait=True); display(x)"),
    ("import torch", "x = x.numpy() if isinstance(x, torch.Tensor) else x"),
    ("import torch", "x = float(x) if isinstance(x, (list, torch.Tensor)) else x"),
    ("import torch", "torch.manual_seed(0); x = 0 if torch.is_tensor(x) else x"),
    ("import matplotlib.pyplot as plt", "fig, (a, b) = plt.subplots(1, 2); (line,) = a.plot(x)"),
    ("from tqdm import tqdm", "for i in tqdm(iterable=[0, 0]): x = x + i"),
    ("from rich.progress import track", "for i in track([0, 0]): x = x + i"),
    ("from loguru import logger", "logger.info('x = {}', x); print(logger)"),
    ("from icecream import ic", "ic.enable(); ic(); x = ic(x)"),
    ("from numba import prange", "for i in prange(3): x = x + 0"),
]


@pytest.mark.parametrize(("above", "inside"), IN_PASSING)
def test_a_library_in_passing_does_no_harm(judge, above, inside):
    report = judge(program(above, f"{inside}\n    return 2 * x"))
    assert report.passed, (report.load, report.checks)
    assert ids(report.load.feedback) in (["note.import"], ["note.import"] * 2)


@pytest.mark.parametrize(
    ("above", "inside"),
    [
        ("import functools", "import matplotlib.pyplot as plt; return plt.plot(x)"),
        ("import functools", "from scipy.special import double as d; return d(x)"),
        ("import functools", "import scipy.special; return functools.partial(scipy.special.f)(x)"),
        ("import matplotlib.pyplot as plt", "return plt.plot(x)"),
        ("import matplotlib.pyplot as plt", "for ax in plt.axes(): pass\n    return 2 * x"),
        ("import scipy.special as sp", "return sp.double(x)"),
        ("import torch", "return torch.tensor(x) * 2"),
        ("import torch", "return 2 * x if torch.cuda == 3 else 2 * x"),
        ("import matplotlib.pyplot as plt", "return 2 * x + plt.gcf()"),
        ("import matplotlib.pyplot as plt", "return float(plt.rcParams['size'])"),
        ("from seaborn import scale", "return 0 * x if scale else x"),
        ("from seaborn import scale", "return [v for v in scale(x)]"),
    ],
)
def test_no_number_comes_of_a_library_that_is_not_here(judge, above, inside):
    report = judge(program(above, inside))
    (check,) = report.checks
    assert check.status == "error"
    assert check.feedback[0].id == "call.lost_import"


@pytest.mark.parametrize(
    "line",
    [
        "from scipy.special import double",
        "from tqdm import double",
        "import jax\ndouble = jax.double",
        block("""
            if True:
                from scipy.special import double"""),
        block("""
            from numba import vectorize
            @vectorize
            def double(x):
                return 2 * x"""),
    ],
)
def test_a_library_is_no_answer(judge, line):
    report = judge(f"{line}\n")
    assert report.load.status == "failed"
    assert ids(report.load.feedback)[:2] == ["load.lost", "note.import"]


def test_a_function_that_is_imported_again_in_vain_stays(judge):
    report = judge(
        block("""
            def double(x):
                return 2 * x


            from common.functions import double
        """)
    )
    assert report.passed
    assert ids(report.load.feedback) == ["note.import"]


def test_what_explains_a_missing_function_is_told_first(judge):
    report = judge("1 / 0\n" * 9 + "double = 1 / 0\n")
    assert ids(report.load.feedback)[:2] == ["load.lost", "note.raised"]
    assert report.load.feedback[1].args["line"] == 10


def test_whoever_asks_whether_a_library_is_there_is_told_the_truth(judge):
    report = judge(
        block("""
            try:
                import torch
            except ImportError:
                torch = None


            def double(x):
                return 2 * x if torch is None else 0
        """)
    )
    assert report.passed
    assert report.load.feedback == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            block("""
                def double(x):
                    return t.tensor(x)"""),
            "in line 6, because t was to come from torch",
        ),
        (
            block("""
                def double(x):
                    return torch.exp(x)"""),
            "in line 6, because torch is not available",
        ),
        ("double = partial(torch.exp)", "stops, because torch is not available here"),
        ("double = partial(t.exp)", "stops, because t was to come from torch"),
    ],
)
def test_a_library_that_an_answer_needs_is_named_once(judge, answer, said):
    imports = block("""
        from functools import partial
        import torch
        import torch as t
    """)
    (check,) = judge(f"{imports}\n{answer}\n").checks
    assert said in check.feedback[0].text


INSIDE = [
    block("""
        def double(x):
            import matplotlib.pyplot as plt
            plt.plot(x)
            return 2 * x"""),
    block("""
        def double(x):
            from tqdm import tqdm, trange
            return sum(tqdm([x, x]))"""),
    block("""
        def f(x):
            import tqdm, math
            return math.fabs(2) * x


        double = lambda x: f(x)"""),
    block("""
        class A:
            def f(self, x):
                if x: import seaborn as sns; sns.set_theme()
                return 2 * x


        def double(x):
            return A().f(x)"""),
    block("""
        if True:
            import pandas as pd
            import math


        def double(x):
            return math.sqrt(4) * x"""),
    block("""
        def begin():
            global plt, two
            import matplotlib.pyplot as plt
            two = 2


        begin()


        def double(x):
            return two * x"""),
    block("""
        try:
            from tqdm.notebook import tqdm
        except ImportError:
            from tqdm import tqdm


        def double(x):
            return sum(tqdm([x, x]))"""),
]


@pytest.mark.parametrize("source", INSIDE)
def test_an_import_inside_a_function_or_a_block_stops_nothing(judge, source):
    for below in ("", "\n\n1 / 0"):
        report = judge(f"{source}{below}\n")
        assert report.passed, (report.load, report.checks)
        assert report.load.feedback[0].id == "note.import"
        line = report.load.feedback[0].args["line"]
        assert "import" in source.split("\n")[line - 1]


@pytest.mark.parametrize("level", sorted(Level, reverse=True))
def test_an_import_inside_a_function_stops_nothing_at_any_level(court, level):
    court.exercise(TEN)
    assert court.judge(INSIDE[0], max_level=level).passed


@pytest.mark.parametrize(
    "aside",
    [
        block("""
            def plot():
                import matplotlib.pyplot as plt
                plt.show()"""),
        block("""
            if __name__ == '__main__':
                import matplotlib.pyplot as plt"""),
    ],
)
def test_an_import_that_nothing_comes_to_is_not_noted(judge, aside):
    report = judge(f"{DOUBLE}\n\n{aside}\n")
    assert report.passed
    assert report.load.feedback == []


@pytest.mark.parametrize(
    "asking",
    [
        block("""
            try:
                import torch
            except ImportError:
                torch = None"""),
        block("""
            torch = None
            with suppress(ImportError):
                import torch"""),
    ],
)
def test_a_function_that_asks_whether_a_library_is_there_is_told_the_truth(judge, asking):
    asked = block("""
        from contextlib import suppress


        def double(x):
        {asking}
            return 2 * x if torch is None else 0
    """)
    report = judge(asked.format(asking=textwrap.indent(asking, "    ")))
    assert report.passed
    assert report.load.feedback == []


def test_a_decorator_that_only_speeds_up_is_passed_over(judge):
    report = judge(
        block("""
            from numba import njit, jit


            @njit
            def half(x):
                return x


            @jit(nopython=True)
            def double(x):
                return 2 * half(x)
        """)
    )
    assert report.passed


def test_a_notebook_has_its_shell_its_results_and_values_that_were_timed(judge):
    report = judge(
        notebook(
            block("""
                def double(x):
                    return k['two'] * x"""),
            "k = {}\nk['two'] = %time 1 + 1",
            "%%timeit -n 1 two = 2\ndouble(two)",
            block("""
                %%capture out
                print(_, __, Out[3], In)
                files = !ls
                for file in files: print(file)"""),
            block("""
                out.show()
                get_ipython().run_line_magic('matplotlib', 'inline')
                out.stdout.split()"""),
            "t = %timeit -o double(2)\nprint(f'{t.average / t.best:.2f}', t, len(t.timings))",
            block("""
                shell = get_ipython()
                assert 'IPKernelApp' not in shell.config
                list(shell.history)"""),
        ),
        "ex01.ipynb",
    )
    assert report.passed
    assert report.load.feedback == []


@pytest.mark.parametrize(
    ("cells", "two"),
    [
        (("1 + 1",), "_"),
        (("1 + 1",), "Out[1]"),
        (("1 + 1",), "_1"),
        (("2", "3\n4", "5;", "None", "%matplotlib inline", ""), "__"),
        (("2", "3", "4"), "___"),
        (
            (
                block("""
                    for _ in [2]:
                        pass"""),
                "3",
            ),
            "_",
        ),
        (
            (
                "2",
                "1 / 0",
                block("""
                    [
                    3,
                    ]"""),
            ),
            "Out[1] + Out[3][0] - 3",
        ),
        (("x = 2", "x", "x += 1"), "Out.get(3, _)"),
    ],
)
def test_a_notebook_has_the_results_of_its_cells(judge, cells, two):
    answer = block(f"""
        two = {two}
        def double(x):
            return two * x""")
    report = judge(notebook(*cells, answer), "ex01.ipynb")
    assert report.passed, (report.load, report.checks)


def test_a_cell_that_writes_the_answer_into_a_file_is_told(judge):
    report = judge(
        notebook(
            "x = 1",
            block("""
                %%writefile a.py
                def double(x):
                    return 2 * x"""),
        ),
        "ex01.ipynb",
    )
    (finding,) = report.load.feedback
    assert finding.id == "load.written"
    assert (finding.args["cell"], finding.args["file"]) == (2, "a.py")


def test_an_import_of_what_a_cell_writes_is_told(judge):
    report = judge(
        notebook(
            "%%file a.py\ny = 1",
            block("""
                import a
                def double(x):
                    return 2 * x"""),
        ),
        "ex01.ipynb",
    )
    assert report.passed
    assert ids(report.load.feedback) == ["note.written"]


def test_a_letter_of_another_alphabet_is_named(judge):
    report = judge(
        block("""
            def dоuble(x):
                return 2 * x
        """)
    )
    (finding,) = report.load.feedback
    assert finding.id == "load.letter"
    assert (finding.args["position"], finding.args["code"]) == (2, "U+043E")


@pytest.mark.parametrize(
    "source",
    [
        block("""
            def double(х):
                return 2 * x
        """),
        block("""
            def double(x):
                return 2 * х
        """),
    ],
)
def test_a_letter_of_another_alphabet_inside_a_function_is_named(judge, source):
    (check,) = judge(source).checks
    assert check.feedback[0].id == "call.letter"
    assert check.feedback[0].args["letter"] == "\u0445"


def test_a_name_in_another_alphabet_is_no_lookalike():
    assert lookalike("x", ["y", "\u0444", "xx"]) is None
    assert lookalike("\u03b1", ["beta"]) is None


def test_a_function_where_a_class_is_asked_for_is_told_and_judged(court):
    check = block("""
        def test_one(student):
            assert student.Double(3.0) == 6.0
    """)
    court.exercise(
        check,
        functions={"Double": ["x"]},
        reference=block("""
            class Double(float):
                pass
        """),
    )
    report = court.judge(
        block("""
            def Double(x):
                return 2 * x
        """)
    )
    assert ids(report.load.feedback) == ["load.function"]
    assert [check.status for check in report.checks] == ["passed"]
