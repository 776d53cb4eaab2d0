"""Whatever is handed in gets one clear sentence, a status and an exit code."""

import json

import pytest
from support.languages import LANGUAGES, TRANSLATED
from support.text_blocks import block

RIGHT = """
import numpy as np


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
"""
DEAF = block("""
    import signal
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
""")
BODY = RIGHT.split("def softmax(x):\n")[1]


def inside(line):
    """A right softmax that does something first."""
    head = "def softmax(x):\n"
    return RIGHT.replace(head, f"{head}    {line}\n")


def checks(report, status):
    return [check for check in report.checks if check.status == status]


def sentences(report):
    found = [message for check in report.checks for message in check.feedback[:1]]
    return found + (report.load.feedback[:1] if report.load else [])


def said(report, message_id):
    texts = [message.text for message in sentences(report) if message.id == message_id]
    assert texts, [message.id for message in sentences(report)]
    assert texts[0]
    assert "{{" not in texts[0]
    return texts[0]


# -- files that cannot be read ------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_missing_file(grader, lang):
    report, code = grader.grade("ex11", None, "--lang", lang, name="nowhere.py")
    assert (report.status, code, report.reached) == ("unreadable", 2, 0)
    assert "nowhere.py" in said(report, "read.missing")


def test_names_of_files_do_not_steer_the_terminal(grader):
    for name in ("ex11\x1b]0;PWNED\x07\x1b[2J.py", "ex11\r\x9b2J.py"):
        grader.write(name, "pass\n")
    for arguments in (("ex11",), ("ex11", "ex11\x1b[2Jno.py")):
        done = grader.run("grade", *arguments)
        assert done.returncode == 2
        assert not set("\x1b\x07\x9b\r") & set(done.stdout + done.stderr)


def test_a_folder(grader):
    (grader.folder / "ex11.py").mkdir()
    report, code = grader.grade("ex11", None, name="ex11.py")
    assert (report.status, code) == ("unreadable", 2)
    said(report, "read.folder")


@pytest.mark.parametrize("content", [b"", b" \n\n"])
def test_an_empty_file(grader, content):
    report, code = grader.grade("ex11", content)
    assert (report.status, code) == ("unreadable", 2)
    said(report, "read.empty")


def test_cp1251_without_a_declaration(grader):
    report, code = grader.grade("ex11", "# привет\n".encode("cp1251") + RIGHT.encode())
    assert (report.status, code) == ("unreadable", 2)
    assert "0xEF" in said(report, "read.encoding")


def test_cp1251_with_a_declaration_is_graded(grader):
    source = "# -*- coding: cp1251 -*-\n# привет\n" + RIGHT
    report, code = grader.grade("ex11", source.encode("cp1251"))
    assert (report.status, code) == ("graded", 0)


def test_a_byte_order_mark_is_no_mistake(grader):
    report, code = grader.grade("ex11", b"\xef\xbb\xbf" + RIGHT.encode())
    assert (report.status, code) == ("graded", 0)


def notebook(*cells):
    return json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {},
            "cells": [
                {"cell_type": kind, "source": text, "metadata": {}, "outputs": []}
                for kind, text in cells
            ],
        }
    )


def test_a_notebook_without_code(grader):
    content = notebook(("markdown", "# softmax"))
    report, code = grader.grade("ex11", content, name="ex11.ipynb")
    assert (report.status, code) == ("unreadable", 2)
    said(report, "read.notebook_no_code")


def test_a_notebook_is_graded_and_its_lines_belong_to_cells(grader):
    right = notebook(
        (
            "code",
            block("""
                %matplotlib inline
                !ls
                import numpy as np"""),
        ),
        ("code", BODY_CELL),
    )
    report, code = grader.grade("ex11", right, name="ex11.ipynb")
    assert (report.status, code) == ("graded", 0)
    wrong = notebook(
        ("code", "import numpy as np"),
        (
            "code",
            block("""
                def softmax(x):
                    return 1 / 0"""),
        ),
    )
    report, code = grader.grade("ex11", wrong, name="ex11.ipynb")
    assert code == 1
    first = checks(report, "error")[0].feedback
    assert (first[0].args["cell"], first[0].args["line"]) == (2, 2)
    assert "cell 2, line 2" in first[0].text
    assert first[1].text == "    return 1 / 0\n           ^^^^^"


BODY_CELL = "def softmax(x):\n" + BODY


# -- submissions that do not load ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            block("""
                def softmax(x:
                    return x
            """),
            "load.syntax",
        ),
        (
            block("""
                def softmax(x):
                return x
            """),
            "load.indentation",
        ),
        ("from matplotlib_is_not_here import softmax\n", "load.lost"),
        ("import not_here\n" + RIGHT.replace("def", "@not_here.fast\ndef"), "load.lost"),
        ("1 / 0\n", "load.missing"),
        (
            block("""
                import posix
                posix._exit(0)
            """),
            "load.ended",
        ),
        (
            DEAF
            + block("""
                while True:
                    pass
            """),
            "load.timeout",
        ),
        (
            block("""
                def softmacks(x):
                    return x
            """),
            "load.missing_near",
        ),
        (
            block("""
                def other():
                    return 1
            """),
            "load.missing",
        ),
        ("softmax = 3\n", "load.not_callable"),
        (
            block("""
                def softmax():
                    return 1
            """),
            "load.signature",
        ),
        (
            block("""
                def softmax(x, axis):
                    return 1
            """),
            "load.signature",
        ),
    ],
)
def test_what_does_not_load_is_said_once(grader, content, message):
    report, code = grader.grade("ex11", content)
    assert (report.status, code, report.reached) == ("graded", 1, 0)
    said(report, message)
    assert {check.reason for check in report.checks} == {"load"}


def test_an_import_that_is_guarded_is_no_mistake(grader):
    source = (
        block("""
            try:
                import matplotlib_is_not_here
            except ImportError:
                pass
        """)
        + RIGHT
    )
    assert grader.grade("ex11", source)[1] == 0


def test_other_signatures_that_take_one_argument_are_right(grader):
    source = RIGHT.replace("def softmax(x):", "def softmax(x, axis=-1, *, spare=None):")
    assert grader.grade("ex11", source)[1] == 0


# -- calls that go wrong: the other checks still run --------------------------------------------

ONLY_BATCHES = "if x.ndim > 1:\n        "


@pytest.mark.parametrize(
    ("line", "status", "message"),
    [
        ("raise LookupError('no batch')", "error", "call.raised"),
        ("exit()", "error", "call.exit"),
        ("import os; os._exit(0)", "crash", "call.ended"),
        ("input()", "error", "call.input"),
        ("while True: pass", "timeout", "call.timeout"),
        ("bytearray(10 * 2**30)", "memory", "call.memory"),
        ("import mmap; mmap.mmap(-1, 10 * 2**30, mmap.MAP_PRIVATE)", "memory", "call.memory"),
        ("import ctypes; ctypes.string_at(0)", "crash", "call.crash"),
        ("raise type('Bad', (Exception,), {'__str__': lambda s: 1 / 0})()", "error",
         "call.raised_unprintable"),
        ("return object()", "failed", "compare.foreign"),
        ("return None", "failed", "compare.none"),
        ("return x * float('nan')", "failed", "compare.nan"),
        ("return 'text'", "failed", "compare.type"),
        ("return iter(int, 1)", "failed", "compare.type"),
        ("return np.zeros(10_000_000)", "error", "call.too_large"),
        ("return list(range(100_000))", "error", "call.too_many_values"),
    ],
)  # fmt: skip
def test_a_call_that_goes_wrong_costs_its_checks_alone(grader, line, status, message):
    report, code = grader.grade("ex11", inside(ONLY_BATCHES + line))
    assert (report.status, code) == ("graded", 1)
    assert checks(report, status), [(c.id, c.status) for c in report.checks]
    said(report, message)
    assert checks(report, "passed"), "a single sample is still right"
    assert 0 < report.reached < report.maximum


def test_prints_of_megabytes_are_cut_and_cost_nothing(grader):
    report, code = grader.grade("ex11", inside("print('x' * 5_000_000)"))
    assert (report.status, code) == ("graded", 0)
    assert len(report.output.text) <= 4096
    assert report.output.dropped > 1_000_000


def test_prints_that_no_console_can_show_cost_nothing(grader):
    report, code = grader.grade("ex11", inside(r"print('\ud800 \x1b[31m[bold]\x07')"))
    assert (report.status, code) == ("graded", 0)
    assert "\x1b" not in report.output.text
    assert "\x07" not in report.output.text


@pytest.mark.slow
def test_sleeping_is_told_from_computing_and_one_hang_costs_one_check(grader):
    asleep = "import time\n    if x.shape == (4, 4):\n        time.sleep(3600)\n    "
    report, _ = grader.grade("ex11", RIGHT.replace("return", f"{asleep}return", 1))
    said(report, "call.waiting")
    assert [check.id for check in checks(report, "timeout")] == ["test_square_batch"]
    assert len(checks(report, "passed")) == len(report.checks) - 1


def test_a_conftest_and_a_pytest_ini_beside_the_answer_do_nothing(grader):
    grader.write("conftest.py", "raise SystemExit('the judge read me')\n")
    grader.write("pytest.ini", "[pytest]\naddopts = --collect-only\n")
    grader.write("numpy.py", "raise SystemExit('the judge imported me')\n")
    grader.write("sitecustomize.py", "print('hello from sitecustomize')\n")
    env = {"PYTEST_ADDOPTS": "--collect-only", "PYTEST_PLUGINS": "conftest"}
    report, code = grader.grade("ex11", RIGHT, env=env)
    assert (report.status, code) == ("graded", 0)
    report, code = grader.grade("ex11", RIGHT.replace("x.max", "x.min"), env=env)
    assert code == 1


@pytest.mark.parametrize("lang", TRANSLATED)
def test_the_first_sentence_comes_in_the_chosen_language(grader, lang):
    english = said(grader.grade("ex11", "softmax = 3\n")[0], "load.not_callable")
    other = said(grader.grade("ex11", "softmax = 3\n", "--lang", lang)[0], "load.not_callable")
    assert other != english


def test_a_long_answer_is_graded_like_a_short_one(grader):
    comments = "# note: \u00e9\n" * 40_000
    assert len(comments) > 64 << 10
    assert grader.grade("ex11", comments + RIGHT)[1] == 0


def test_an_answer_file_that_names_no_question(grader):
    report, code = grader.grade("ex14", "just some words\n", name="ex14.yaml")
    assert (report.status, code) == ("unreadable", 2)
    said(report, "read.yaml_not_mapping")


def test_an_answer_that_is_no_yaml_costs_its_question_alone(grader):
    content = "loss_first: [\nloss_mean: 1.284\n"
    report, code = grader.grade("ex14", content, name="ex14.yaml")
    assert (report.status, code) == ("graded", 1)
    checks = {check.id: check for check in report.checks}
    assert [message.id for message in checks["loss_first"].feedback] == ["read.yaml"]
    assert checks["loss_mean"].status == "passed"
