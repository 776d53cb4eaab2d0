"""What stands around a right function costs nothing, whoever grades it, and is told in words."""

import csv
import sys

import pytest
from support.languages import LANGUAGES
from support.text_blocks import block

RIGHT = """\
import numpy as np


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
"""
SHOW = block("""
    plt.plot(softmax(np.arange(4.0)))
    plt.show()
""")
PLOT = f"import matplotlib.pyplot as plt\n{RIGHT}\n\n{SHOW}"
NEWER = f"NAME = t'softmax'\n\n{RIGHT}"
ALONE = block("""
    from my_helpers import stable


    def softmax(x):
        return stable(x)
""")


OLDER = pytest.mark.skipif(sys.version_info >= (3, 14), reason="this Python reads it")


@pytest.mark.parametrize(
    ("lang", "beginning"), [("en", "Line 1: "), ("fr", "Ligne 1\u00a0: "), ("ru", "Строка 1: ")]
)
def test_a_plot_that_cannot_be_drawn_is_a_note(grader, lang, beginning):
    report, code = grader.grade("ex11", PLOT, "--lang", lang)
    assert (report.status, code, report.reached) == ("graded", 0, report.maximum)
    (note,) = report.load.feedback
    assert (note.id, note.args) == ("note.import", {"module": "matplotlib", "line": 1})
    assert note.text.startswith(beginning)


def test_a_note_stands_behind_what_was_judged(grader):
    grader.write("ex11.py", PLOT)
    done = grader.run("grade", "ex11", "ex11.py", "--plain")
    assert done.returncode == 0
    assert done.stdout.index("PASS") < done.stdout.index("NOTE")


@OLDER
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_for_a_newer_python_is_unreadable(grader, lang):
    report, code = grader.grade("ex11", NEWER, "--lang", lang)
    assert (report.status, code) == ("unreadable", 2)
    message, quoted = report.load.feedback
    assert quoted.id == "where.code"
    assert "3.14" in message.text
    assert f"Python {message.args['python']}" in message.text


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "only this file is graded"),
        ("fr", "lui seul est évalué"),
        ("ru", "здесь оценивается только он"),
    ],
)
def test_a_module_of_one_s_own_is_not_there_for_a_single_file(grader, lang, words):
    grader.write("my_helpers.py", RIGHT.replace("softmax", "stable"))
    report, code = grader.grade("ex11", ALONE, "--lang", lang)
    assert code == 1
    assert words in report.checks[0].feedback[0].text
    assert report.undecided


@OLDER
def test_a_class_is_judged_as_one_file_is(grader):
    sources = {"ada": PLOT, "bob": NEWER, "cyd": ALONE, "dan": f"{RIGHT}\n\nexit()\n"}
    for name, source in sources.items():
        (grader.folder / "class" / name).mkdir(parents=True)
        grader.write(f"class/{name}/ex11.py", source)
    level = ("--require-isolation", "own-code-only")
    done = grader.run("batch", "class", "--out", "out", "--jobs", "1", *level)
    assert done.returncode == 0, done.stderr
    with (grader.folder / "out" / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    full = rows["ada"]["maximum"]
    assert {name: (row["status"], row["points"]) for name, row in rows.items()} == {
        "ada": ("graded", full),
        "bob": ("unreadable", rows["bob"]["points"]),
        "cyd": ("graded", "0"),
        "dan": ("graded", full),
    }
