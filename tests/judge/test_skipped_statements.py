"""A right function is not lost for what stands around it: that is left out, and said."""

import json
import sys

import pytest
from support.text_blocks import block

from grader.judge.reading.helper_modules import bundled
from grader.judge.reading.submission import read_bytes
from grader.report.localise import localise

DOUBLE = block("""
    def double(x):
        return 2 * x
""")
ABOVE = block("""
    def double(x):
        return 2 * x + below()
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


def noted(report):
    """Assert that all is right; return the notes."""
    assert report.passed, (report.load, report.checks)
    assert (report.load.status, report.load.blame) == ("passed", None)
    return report.load.feedback


@pytest.fixture
def passes(court):
    """Judge a source under one check; return its notes."""
    court.exercise(TEN)

    def judge(source, name="ex01.py", **options):
        return noted(court.judge(source, name=name, **options))

    return judge


SCRATCH = [
    ("import not_here_at_all", "import"),
    ("from not_here_at_all.deep import display", "import"),
    ("from os import nothing_of_this_name", "raised"),
    ("import math, not_here_at_all", "import"),
    ("1 / 0", "raised"),
    ("assert len('ab') == 3", "raised"),
    ("print(dubble(3))", "raised"),
    ("'a' + 1", "raised"),
    ("raise type('Bad', (Exception,), {'__str__': lambda self: 1 / 0})", "raised_unprintable"),
    ("raise KeyboardInterrupt", "raised"),
    ("exit()", "exit"),
    ("quit(3)", "exit"),
    ("raise SystemExit", "exit"),
    ("import sys\nsys.exit(0)", "exit"),
    ("import os\nos._exit(1)", "exit"),
    ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "exit"),
    ("import unittest\nunittest.main()", "exit"),
    ("import argparse\nargparse.ArgumentParser().parse_args(['--epochs'])", "exit"),
    ("name = input('name? ')", "input"),
    ("exit()\ninput()", "input"),
    ("rows = open('data.csv').read()", "refused"),
    ("import numpy as np\nnp.loadtxt('data.csv')", "refused"),
    ("import subprocess\nsubprocess.run(['ls'])", "refused"),
    ("huge = bytearray(10 * 2**30)", "memory"),
    (
        block("""
            with open('data.csv') as file:
                pass"""),
        "refused",
    ),
    (
        block("""
            class Broken:
                x = 1 / 0"""),
        "raised",
    ),
    (
        block("""
            @not_a_decorator
            def other(x):
                return x"""),
        "raised",
    ),
    ("exec('def f(:')", "syntax"),
]


@pytest.mark.parametrize(("scratch", "kind"), SCRATCH, ids=[scratch for scratch, _ in SCRATCH])
def test_what_stops_beside_a_right_function_costs_nothing(court, scratch, kind):
    court.exercise(TEN)
    for source in (f"{scratch}\n\n\n{DOUBLE}", f"{DOUBLE}\n\n{scratch}\n"):
        first = noted(court.judge(source))[-1]
        assert first.id == f"note.{kind}"
        assert first.text.startswith(f"Line {first.args['line']}: ")
        assert "{{" not in first.text


def test_the_line_is_the_one_that_stops(passes):
    (note,) = passes(
        DOUBLE
        + block("""


            for i in range(3):
                x = 1
                x / 0
        """)
    )
    assert note.args["line"] == 7


def test_statements_that_share_a_line_are_told_apart(passes):
    (note,) = passes(
        block("""
            a = 1; 1 / 0; b = 2


            def double(x):
                return x * b * a
        """)
    )
    assert note.args["line"] == 1


def test_each_name_of_an_import_is_imported_by_itself(passes):
    notes = passes(
        block("""
            import not_here_at_all.plot as plt, math as m
            from math import nope, tau


            def double(x):
                return 2 * x + 0 * m.pi + 0 * tau
        """)
    )
    assert ids(notes) == ["note.import", "note.raised"]


def test_what_follows_from_a_missing_import_is_not_said_again(passes):
    plots = "\n".join(f"ax{n} = plt.subplot({n})\nax{n}.plot()" for n in range(40))
    plotting = f"{DOUBLE}\n\n{plots}\nplt.show()\n"
    notes = passes(f"import not_here_at_all.pyplot as plt\n\n\n{plotting}")
    assert ids(notes) == ["note.import"]


def test_many_notes_are_counted(passes):
    notes = passes(f"{DOUBLE}\n\n" + "1 / 0\n" * 9)
    assert ids(notes) == ["note.raised"] * 3 + ["note.more"]
    assert notes[-1].args == {"n": 6}


def test_ten_thousand_lines_that_stop_are_no_reason_to_stop(passes):
    notes = passes("1 / 0\n" * 10_000 + "\n\n" + DOUBLE)
    assert notes[-1].args == {"n": 10_000 - 3}


def test_nothing_is_run_twice_and_everything_in_order(passes):
    notes = passes(
        block("""
            seen = []
            seen.append(1)
            seen.append(1 / 0)
            seen.append(2)
            seen.append(3)


            def double(x):
                return 2 * x if seen == [1, 2, 3] else 0
        """)
    )
    assert ids(notes) == ["note.raised"]


def test_a_future_import_holds_below_a_statement_that_stops(passes):
    passes(
        block("""
            \"""Text.\"""
            from __future__ import annotations

            1 / 0


            def double(x: NotThere) -> NeitherThis:
                return 2 * x if __doc__ == 'Text.' else 0
        """)
    )


@pytest.mark.parametrize(
    "hint",
    [
        block("""
            def double(x: not_here.Tensor, y: int = 0) -> not_here.Tensor:
                return 2 * x"""),
        block("""
            zero: not_here.Number = 0


            def double(x):
                return 2 * x + zero"""),
        block("""
            class Scale:
                by: not_here.Number = 2


            def double(x):
                return Scale.by * x"""),
    ],
)
def test_a_hint_about_types_that_are_not_here_decides_nothing(passes, hint):
    assert ids(passes(f"import not_here\n\n\n{hint}\n")) == ["note.import"]
    scratch = block("""
        import not_here
        1 / 0
    """)
    assert ids(passes(f"{scratch}\n\n{hint}\n")) == ["note.import", "note.raised"]


def test_a_file_that_has_warnings_raised_is_taken_apart_all_the_same(passes):
    text = block(r"""
        label = '\sigma'
        import warnings
        warnings.simplefilter('error')
        1 / 0
    """)
    assert ids(passes(f"{text}\n\n{DOUBLE}")) == ["note.raised"]


def test_memory_that_a_line_has_filled_is_free_again(court):
    court.exercise(TEN, limits={"memory_mb": 256})
    full = block("""
        kept = []
        while True:
            kept.append(bytearray(2**20))""")
    roomy = block("""
        def double(x):
            return 2 * x * len(bytearray(100 * 2**20)) / (100 * 2**20)
    """)
    for source in (f"{full}\n\n\n{roomy}", f"{roomy}\n\n{full}\n"):
        assert ids(noted(court.judge(source))) == ["note.memory"]


def test_the_main_guard_is_not_entered(court):
    court.exercise(TEN)
    guarded = block("""
        if __name__ == "__main__":
            1 / 0
    """)
    assert noted(court.judge(f"{DOUBLE}\n\n{guarded}")) == []


# -- what takes too long --------------------------------------------------------------------------

QUICK = {"limits": {"load_seconds": 0.5}}
ENDLESS = block("""
    while True:
        pass
""")


@pytest.mark.parametrize(
    "scratch",
    [
        ENDLESS.removesuffix("\n"),
        block("""
            import itertools
            for _ in itertools.count():
                sum(range(100))"""),
        "import time\ntime.sleep(3600)",
        "import threading\nthreading.Event().wait()",
        block("""
            n = 0
            while True:
                try:
                    n += 1
                except Exception:
                    pass"""),
    ],
)
def test_an_endless_line_is_stopped_and_the_rest_is_run(court, scratch):
    checks = TEN + "\n\n@hidden\n" + TEN.replace("test_one", "test_two")
    court.exercise(checks, **QUICK)
    report = court.judge(f"{scratch}\n\n\n{DOUBLE}\n\n{scratch}\n")
    notes = noted(report)
    assert ids(notes) == ["note.late", "note.late"]
    assert notes[0].args["seconds"] == 0.5


def test_what_takes_too_long_is_tried_once(court):
    checks = TEN + "\n\n@hidden\n" + TEN.replace("test_one", "test_two")
    court.exercise(checks, limits={"load_seconds": 2.0, "budget_seconds": 4.0})
    assert ids(noted(court.judge(f"{DOUBLE}\n\n{ENDLESS}"))) == ["note.late"]


def test_a_loop_that_does_not_listen_is_ended_by_the_judge(court):
    court.exercise(TEN, **QUICK)
    deaf = "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)"
    report = court.judge(f"{DOUBLE}\n\n{deaf}\n{ENDLESS}")
    assert (report.load.status, ids(report.load.feedback)) == ("timeout", ["load.timeout"])
    assert report.load.feedback[0].args["seconds"] == 0.5
    assert report.undecided


# -- notebooks ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        "from __future__ import annotations",
        "import asyncio\nawait asyncio.sleep(0)",
        block("""
            async def f():
                return 3
            assert await f() == 3"""),
        block("""
            import asyncio
            loop = asyncio.get_event_loop()
            task = loop.create_task(asyncio.sleep(0, 3))
            assert await task == 3"""),
        "get_ipython().run_line_magic('matplotlib', 'inline')",
        "here = 'google.colab' in str(get_ipython())\nassert not here",
        "display(3)",
        block("""
            %matplotlib inline
            !pip install x
            ?print"""),
        "%%html\n<b>",
        "get_ipython().system('ls')",
    ],
)
def test_what_a_notebook_understands_is_no_mistake_in_it(passes, cell):
    assert passes(notebook("x = 1", cell, DOUBLE), name="ex01.ipynb") == []
    assert passes(notebook(DOUBLE, cell), name="ex01.ipynb") == []


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("from google.colab import drive\ndrive.mount('/content/drive')", "import"),
        ("from IPython.display import display\ndisplay(3)", "import"),
        ("%%time\n'a' + 1", "raised"),
        ("for i in range(3)\n    print(i)", "syntax"),
        ("I still have to do this part", "syntax"),
        ("print(double(3)", "syntax"),
        ("  x = 1\n y = 2", "syntax"),
    ],
)
def test_a_cell_that_stops_or_cannot_be_read_is_left_out_alone(passes, cell, kind):
    for cells in ((cell, DOUBLE), (DOUBLE, cell, "z = 1")):
        (note,) = passes(notebook(*cells), name="ex01.ipynb")
        assert note.id == f"note.{kind}"
        assert note.args["cell"] == cells.index(cell) + 1
        assert note.text.startswith(f"Cell {note.args['cell']}, line ")


def test_a_function_in_a_cell_that_cannot_be_read_is_told_of_that_cell(court):
    court.exercise(TEN)
    report = court.judge(notebook("x = 1", "def double(x)\n    return x"), name="ex01.ipynb")
    assert report.load.status == "error"
    assert ids(report.load.feedback) == ["load.syntax", "where.code", "where.python"]
    assert report.load.feedback[0].args["line"] == 1
    assert report.load.feedback[0].args["cell"] == 2
    assert report.load.feedback[0].text.startswith("Cell 2, line 1: a `:` is missing")


@pytest.mark.parametrize(
    "line", ["from __future__ import annotations", "import asyncio\nawait g()"]
)
def test_a_notebook_that_was_saved_as_a_file_is_told_that_it_is_none(passes, line):
    other = block("""
        async def g():
            pass
    """)
    (note,) = passes(f"{other}\n\n{DOUBLE}\n\n{line}\n")
    assert note.id == "note.notebook"


@pytest.mark.parametrize("cell", ["1 / 0", "double(1, 2, 3)\nx = (", "print(x)\n1 / 0"])
def test_an_exception_that_a_cell_is_tagged_for_is_no_news(passes, court, cell):
    data = json.loads(notebook(cell, DOUBLE, cell, "1 / 0"))
    for at in (0, 2):
        data["cells"][at]["metadata"] = {"tags": ["raises-exception"]}
    (note,) = passes(json.dumps(data), name="ex01.ipynb")
    assert (note.id, note.args["cell"]) == ("note.raised", 4)
    data["cells"][0]["source"], data["cells"][1]["source"] = "double = 1 / 0", ""
    report = court.judge(json.dumps(data), name="ex01.ipynb")
    assert ids(report.load.feedback)[:2] == ["load.lost", "note.raised"]


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("%matplotlib inline", 5),
        ("!pip install numpy", 5),
        (">>> double(1)", 5),
        (
            block("""
                # %%
                %%time
                y = 1"""),
            6,
        ),
        (
            block("""
                # %%
                %%bash
                ls ("""),
            6,
        ),
        ("if True:\n    %time y = double(2)", 6),
    ],
)
def test_a_file_with_lines_that_only_a_notebook_takes_is_told_so(passes, line, first):
    (note,) = passes(f"{DOUBLE}\n\n{line}\n# %%\nx = 1\n")
    assert note.id == "note.notebook"
    assert note.args["line"] == first


# -- what is wrong stays wrong --------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        block("""
            def double(x)
                return 2 * x
        """),
        block("""
            def double(x):
                return 2 * x

            x = (
        """),
        block("""
            def double(x):
            return 2 * x
        """),
        f"{DOUBLE}\nfrom __future__ import braces\n",
        f"{DOUBLE}\nreturn 3\n",
        block("""
            def double(x):
                return await x
        """),
        block("""
            %matplotlib inline
            def double(x)
                return 2 * x
        """),
    ],
)
def test_a_file_that_python_cannot_read_is_not_loaded(court, source):
    court.exercise(TEN)
    report = court.judge(source)
    assert (report.load.status, report.reached) == ("error", 0)
    assert report.load.feedback[0].id in {"load.syntax", "load.indentation"}
    assert report.undecided


def test_the_line_that_cannot_be_read_is_quoted_with_a_mark(court):
    court.exercise(TEN)
    report = court.judge(
        block("""
            if True:
                def double(x)
                    return 2
        """)
    )
    assert report.load.feedback[1].text == "    def double(x)\n                 ^"


@pytest.mark.parametrize(
    "maker",
    [
        "from not_here_at_all import double",
        "from not_here_at_all import *",
        "double = 1 / 0",
        "import not_here_at_all\ndouble = not_here_at_all.fast(lambda x: 2 * x)",
        block("""
            import not_here_at_all as t
            @t.compiled
            def double(x):
                return 2 * x"""),
        block("""
            try:
                1 / 0
            finally:
                def double_(x):
                    return 2 * x
            double = doubled"""),
    ],
)
def test_a_function_whose_own_line_stops_is_missing_for_that_reason(court, maker):
    court.exercise(TEN)
    report = court.judge(maker + "\n")
    assert (report.load.status, report.reached) == ("failed", 0)
    first, second = report.load.feedback[:2]
    assert first.id == "load.lost"
    assert second.id.startswith("note.")
    assert report.undecided


def test_a_name_that_is_missing_later_points_to_its_origin(court):
    court.exercise(TEN)
    report = court.judge(
        block("""
            from my_helpers import twice


            def double(x):
                return twice(x)
        """)
    )
    (check,) = report.checks
    assert (check.status, check.reached) == ("error", 0)
    (message,) = check.feedback
    assert message.id == "call.lost_import"
    assert (message.args["name"], message.args["module"]) == ("twice", "my_helpers")
    assert "only this file is graded" in message.text
    assert report.undecided


def test_a_value_that_is_missing_later_points_to_its_origin(court):
    court.exercise(TEN)
    report = court.judge(
        block("""
            factor = int(input())


            def double(x):
                return factor * x
        """)
    )
    (message,) = report.checks[0].feedback
    assert (message.id, message.args["name"]) == ("call.lost", "factor")


def test_a_name_that_nobody_was_to_make_is_an_ordinary_mistake(court):
    court.exercise(TEN)
    report = court.judge(
        block("""
            1 / 0


            def double(x):
                return twice(x)
        """)
    )
    assert ids(report.checks[0].feedback) == ["call.undefined", "where.code", "where.python"]
    assert report.checks[0].feedback[1].text == "    return twice(x)\n           ^^^^^"
    assert not report.undecided


def test_a_missing_import_of_a_usual_name_is_spelled_out(court):
    court.exercise(TEN)
    report = court.judge(
        block("""
            def double(x):
                return np.multiply(2, x)
        """)
    )
    message, _, said = report.checks[0].feedback
    assert message.id == "call.unimported"
    assert said.text == "Python says: `NameError: name 'np' is not defined`"
    assert "`import numpy as np` is missing" in message.text


def test_a_call_without_end_is_told_as_such(court):
    court.exercise(TEN)
    report = court.judge(
        block("""
            def double(x):
                return double(x)
        """)
    )
    assert ids(report.checks[0].feedback) == ["call.recursion", "where.code", "where.python"]


def test_a_class_in_place_of_a_function_is_named(court):
    court.exercise(TEN)
    report = court.judge(
        block("""
            class double:
                def __call__(self, x):
                    return 2 * x
        """)
    )
    assert ids(report.load.feedback) == ["load.class"]


@pytest.mark.parametrize("name", ["ex01.py", "ex01.ipynb"])
def test_what_is_used_before_it_is_there_is_told_the_order(passes, name):
    parts = ("print(TWO)", f"{DOUBLE}", "TWO = 2")
    source = notebook(*parts) if name.endswith("ipynb") else "\n\n".join(parts) + "\n"
    (note,) = passes(source, name=name)
    assert (note.id, note.args["name"]) == ("note.order", "TWO")
    made = "cell 3, which runs after" if name.endswith(".ipynb") else "line 7, further down"
    assert f"TWO is made only in {made}" in note.text


def test_notes_are_worth_nothing(court):
    court.exercise(TEN)
    report = court.judge(
        block("""
            import not_here_at_all


            def double(x):
                return x
        """)
    )
    assert (report.reached, report.load.status) == (0, "passed")
    assert not report.undecided


def test_a_reference_that_stops_is_its_author_s_fault(court):
    checks = block("""
        def test_one(student, reference):
            assert student.double(1) == reference.double(1)
    """)
    court.exercise(checks, reference=f"1 / 0\n{DOUBLE}")
    assert court.judge(DOUBLE).status == "ungraded"


# -- a newer Python -------------------------------------------------------------------------------

HERE = sys.version_info.minor
OLDER = pytest.mark.skipif(HERE >= 14, reason="this Python reads it")


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("type Array = list", "3.12"),
        ("def first[T](x: list[T]) -> T:\n    return x[0]", "3.12"),
        ('d = {"a": 1}\nprint(f"{d["a"]}")', "3.12"),
        ('print(f"{chr(10).join(["\\n"])}")', "3.12"),
        ("class Box[T = int]:\n    pass", "3.13"),
        (
            block("""
                try:
                    pass
                except ValueError, TypeError:
                    pass"""),
            "3.14",
        ),
        ('x = t"{1}"', "3.14"),
    ],
)
def test_a_file_for_a_newer_python_is_not_read_rather_than_wrong(court, line, needed):
    if int(needed.removeprefix("3.")) <= HERE:
        pytest.skip("this Python reads it")
    court.exercise(TEN)
    report = court.judge(f"{DOUBLE}\n\n{line}\n")
    assert (report.status, report.reached) == ("unreadable", 0)
    assert report.headline.id == "headline.unreadable"
    message, code = report.load.feedback
    assert (message.id, message.args["needed"]) == ("load.newer", needed)
    assert code.args["code"] in line.split("\n")
    assert message.args["python"] == f"3.{HERE}"


@OLDER
def test_a_mistake_beside_newer_lines_is_a_mistake(court):
    court.exercise(TEN)
    report = court.judge(
        block("""
            x = t''


            def double(x)
                return 2 * x
        """)
    )
    assert report.load.feedback[0].id == "load.syntax"
    assert report.status == "graded"


@OLDER
def test_a_cell_for_a_newer_python_is_left_out(passes):
    (note,) = passes(notebook("x = t'{1}'", DOUBLE), name="ex01.ipynb")
    assert (note.id, note.args["cell"]) == ("note.newer", 1)


@OLDER
def test_without_the_means_to_tell_it_is_an_ordinary_mistake(court, monkeypatch):
    monkeypatch.setattr("grader.judge.feedback.newer_python._LARGEST", 3)
    court.exercise(TEN)
    assert court.judge(f"x = t''\n{DOUBLE}").load.feedback[0].id == "load.syntax"


# -- helpers beside the answer --------------------------------------------------------------------


@pytest.fixture
def with_helpers(court):
    """Judge an answer and files beside it."""
    court.exercise(TEN)

    def judge(source, name="ex01.py", **helpers):
        beside = {path: text.encode() for path, text in helpers.items()}
        data = bundled(source.encode(), beside)
        with court.open() as opened:
            report = opened.judge(read_bytes(data, name, "code"))
            return localise(report, opened.exercise.course, "en")

    return judge


@pytest.mark.parametrize(
    ("source", "helpers"),
    [
        (
            "from utils import twice as double\n",
            {
                "utils.py": block("""
                    def twice(x):
                        return 2 * x
                """)
            },
        ),
        (
            block("""
                import pkg.mod


                def double(x):
                    return pkg.mod.f(x)
            """),
            {
                "pkg/__init__.py": "",
                "pkg/mod.py": block("""
                    from .two import TWO


                    def f(x):
                        return TWO * x
                """),
                "pkg/two.py": "TWO = 2\n",
            },
        ),
        (
            "from parts.f import double\n",
            {"parts/f.py": DOUBLE},
        ),
        ("from a import double\n", {"a.py": "from b import *\n", "b.py": DOUBLE}),
        (
            "from a import double\n",
            {"a.py": f"import not_here_at_all as n\n{DOUBLE}\n" + "n.plot(double(3))\ninput()\n"},
        ),
        ("from a import double\n", {"a.py": "\ufeff" + DOUBLE}),
    ],
)
def test_helpers_can_be_imported(with_helpers, source, helpers):
    assert with_helpers(source, **helpers).passed


def test_a_helper_is_also_there_for_a_notebook(with_helpers):
    source = notebook("from utils import double")
    assert with_helpers(source, name="ex01.ipynb", **{"utils.py": DOUBLE}).passed


@pytest.mark.parametrize(
    "path", ["math.py", "numpy.py", "json/decoder.py", "grader.py", "submission.py", "torch.py"]
)
def test_a_helper_takes_no_module_s_place(with_helpers, path):
    wrong = "raise RuntimeError\n"
    imports = path.removesuffix(".py").replace("/", ".")
    report = with_helpers(f"import {imports}\n\n\n{DOUBLE}", **{path: wrong})
    assert report.passed
    assert ids(report.load.feedback)[0] == "note.helper_name"
    assert report.load.feedback[0].args == {"file": path}


def test_a_helper_does_not_replace_a_given_file(court):
    court.write("exercises/ex01_double/given/two.py", "TWO = 2\n")
    court.exercise(TEN, given=["two.py"])
    source = block("""
        from two import TWO


        def double(x):
            return TWO * x
    """).encode()
    with court.open() as judge:
        data = bundled(source, {"two.py": b"TWO = 3\n"})
        report = judge.judge(read_bytes(data, "ex01.py", "code"))
    assert report.passed
    assert ids(report.load.feedback) == ["note.helper_name"]


def test_an_error_in_a_helper_is_placed_there(with_helpers):
    source = block("""
        from utils import f


        def double(x):
            return f(x)
    """)
    report = with_helpers(
        source,
        **{
            "utils.py": block("""
                def f(x):
                    y = 3
                    return y / 0
            """)
        },
    )
    raised, where, _ = report.checks[0].feedback
    assert (raised.id, raised.args["line"], raised.args["file"]) == ("call.raised", 3, "utils.py")
    assert raised.text.startswith("double stops in utils.py, line 3: a number is divided by 0.")
    assert where.text == "    return y / 0\n           ^^^^^"


def test_what_is_left_out_of_a_helper_is_placed_there(with_helpers):
    report = with_helpers("from utils import double\n", **{"utils.py": f"{DOUBLE}\n\n1 / 0\n"})
    (note,) = noted(report)
    assert note.text.startswith("utils.py, line 5: ")


def test_an_import_inside_a_function_of_a_helper_is_placed_there(with_helpers):
    text = block("""
        def f(x):
            import scipy
            return {} * x
    """)
    source = "from utils import f as double\n"
    (note,) = noted(with_helpers(source, **{"utils.py": text.format("2")}))
    assert note.text.startswith("utils.py, line 2: scipy is not available here.")
    (check,) = with_helpers(source, **{"utils.py": text.format("scipy.two()")}).checks
    assert check.feedback[0].id == "call.lost_import"


def test_a_helper_that_cannot_be_read_is_no_harm_to_who_does_not_need_it(court):
    court.exercise(TEN)
    with court.open() as judge:
        data = bundled(DOUBLE.encode(), {"utils.py": b"\xff\xfe\x00", "big.py": b"#" * 2**21})
        report = judge.judge(read_bytes(data, "ex01.py", "code"))
    assert ids(noted(report)) == ["note.helper_unread"] * 2


def test_helpers_with_paths_that_lead_elsewhere_are_not_there(with_helpers):
    paths = ["../up.py", "/etc/x.py", "a b.py", "x.txt", "pkg/../y.py"]
    report = with_helpers(DOUBLE, **dict.fromkeys(paths, "1 / 0\n"))
    assert report.passed


def test_helpers_change_the_hash_of_a_submission():
    alone = read_bytes(DOUBLE.encode(), "ex01.py", "code")
    hashes = {alone.hash}
    for beside in ({"a.py": b"x = 1\n"}, {"a.py": b"x = 2\n"}, {"b.py": b"x = 1\n"}):
        with_it = read_bytes(bundled(DOUBLE.encode(), beside), "ex01.py", "code")
        assert with_it.source == alone.source
        assert with_it.helpers == {path: data.decode() for path, data in beside.items()}
        hashes.add(with_it.hash)
    assert len(hashes) == 4
    assert bundled(DOUBLE.encode(), {}) == DOUBLE.encode()
