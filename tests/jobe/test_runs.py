"""Answers judged as CodeRunner asks for it: marks, sentences, and nobody's fault put on another."""

import base64
import hashlib
import json
import shutil

import pytest
from support.jobe import RESTAPI, check_shape, jobe, run_spec
from support.languages import LANGUAGES
from support.pages import require_harmless
from support.text_blocks import block
from support.tree import ROOT, TINY

from grader.course.locate import builtin_root

ANSWERS = builtin_root() / "answers" / "ex11_softmax"
SAMPLE = (ANSWERS / "reference.py").read_text("utf-8")
RIGHT = (ROOT / "tests" / "solutions" / "ex11" / "einsum.py").read_text("utf-8")
AXIS_0 = (ANSWERS / "misconceptions" / "axis_0.py").read_text("utf-8")
SYNTAX = "def softmax(x:\n    return x\n"
HOSTILE = block(r"""
    import numpy as np


    def softmax(x):
        print("<script>alert(1)</script> \\(x\\) $$y$$ \\begin{equation}", "[tex]z[/tex] @@FILE@@")
        raise ValueError("</pre><img src=x onerror=alert(1)> \\[x\\] \\(\\href{javascript:1}{y}\\)")
""")
ENDLESS = block("""
    def softmax(x):
        while True:
            pass
""")
FORMULA_BEGINS = ("\\(", "\\[", "$$", "\\begin", "[tex]", "@@")


def row_of(shown, title):
    return next(row for row in shown["testresults"][1:] if title in row[1])


def html_of(shown):
    return shown["prologuehtml"] + "".join(
        cell for row in shown["testresults"][1:] for cell in row[1:]
    )


@pytest.mark.parametrize("path", ["languages", "languages/"])
def test_the_one_language_is_named(softmax, path):
    assert softmax.ask("GET", f"{RESTAPI}/{path}") == (200, [["nngrader", "1.0"]])
    assert softmax.ask("GET", f"/restapi/{path}") == (200, [["nngrader", "1.0"]])


def test_a_right_answer_gets_exactly_one(softmax):
    shown = softmax.graded("ex11", RIGHT)
    assert shown["fraction"] == 1
    assert all(row[0] == 1 for row in shown["testresults"][1:])


def test_the_sample_answer_waits_for_a_teacher_and_says_so(softmax):
    shown = softmax.graded("ex11", SAMPLE)
    assert shown["fraction"] == 0
    assert "A teacher will look" in shown["prologuehtml"]
    assert {row[0] for row in shown["testresults"][1:-1]} == {0.5}
    assert "sample answer" not in html_of(shown)  # that is for the teacher to say


def test_for_practice_the_sample_answer_counts_and_inputs_stay(serve):
    server = serve("--practice", "ex11")
    assert server.graded("ex11", SAMPLE)["fraction"] == 1
    first, second = (server.graded("ex11", AXIS_0)["testresults"][1][2] for _ in range(2))
    assert first == second


def test_a_known_mistake_is_named_once_with_its_mark(softmax):
    shown = softmax.graded("ex11", AXIS_0)
    assert shown["fraction"] == 0.6
    html = html_of(shown)
    assert html.count("sum along the axis on which the classes lie") == 1
    first, *others = shown["testresults"][1:]
    assert first[0] == 0
    assert "wrong axis" in first[2]
    assert "<pre><code>" in first[2]  # the call that shows it
    assert "At the check" not in html  # its row says at which
    assert first[3] == "0/1"
    assert "As for “" in others[0][2]
    assert row_of(shown, "HIDDEN")[3] == "1/3"


def test_each_attempt_is_judged_with_inputs_of_its_own(softmax):
    first, second = (softmax.graded("ex11", AXIS_0)["testresults"][1][2] for _ in range(2))
    assert first != second


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_told_in_the_language_of_the_question(softmax, lang):
    shown = softmax.graded("ex11", AXIS_0, lang)
    said = {"en": "wrong axis", "fr": "selon le mauvais axe", "ru": "ос"}[lang]
    assert said in shown["testresults"][1][2]
    assert f'lang="{lang}"' in shown["prologuehtml"]
    assert (shown["testresults"][0][1] == "Check") == (lang == "en")


def test_a_syntax_error_is_a_zero_with_its_line(softmax):
    shown = softmax.graded("ex11", SYNTAX)
    assert shown["fraction"] == 0
    assert "Line 1" in shown["testresults"][1][2]


@pytest.mark.parametrize(
    "code", ["", "\n", "\0", "é\u2028", "# \U0001f600", "x = '" + "a" * 2_000_000]
)
def test_whatever_a_student_sends_is_an_answer_with_a_mark(softmax, code):
    shown = softmax.graded("ex11", code)
    assert shown["fraction"] == 0
    assert len(shown["prologuehtml"]) > 50


def test_an_endless_loop_is_a_mark_and_not_an_error(softmax):
    shown = softmax.graded("ex11", ENDLESS)
    assert shown["fraction"] == 0
    assert "2 s" in html_of(shown)
    assert softmax.graded("ex11", RIGHT)["fraction"] == 1


@pytest.mark.parametrize("code", ["import os; os._exit(0)", "import os, signal; os.kill(0, 9)"])
def test_a_process_that_ends_itself_costs_its_own_mark_alone(softmax, code):
    assert softmax.graded("ex11", code)["fraction"] == 0
    assert softmax.graded("ex11", RIGHT)["fraction"] == 1


def test_nothing_that_a_student_wrote_is_markup_or_a_formula(softmax):
    shown = softmax.graded("ex11", HOSTILE)
    html = html_of(shown)
    seen = require_harmless(html)
    assert "<script>alert(1)</script>" in seen.text
    assert "</pre><img src=x onerror=alert(1)>" in seen.text
    assert not [sign for sign in FORMULA_BEGINS if sign in html]
    for sign in FORMULA_BEGINS:
        assert sign in seen.text  # all the same it reads as it was written


def test_files_beside_the_answer_are_sent_when_they_are_asked_for(softmax):
    helper = block("""
        import numpy as np


        def exp(x):
            return np.exp(x - np.max(x))
    """).encode()
    id_ = hashlib.md5(helper, usedforsecurity=False).hexdigest()
    code = RIGHT.replace("import numpy as np", "import numpy as np\nimport steps")
    assert code != RIGHT
    body = run_spec({"exercise": "ex11", "code": code}, file_list=[[id_, "steps.py"]])
    assert softmax.ask("HEAD", f"{RESTAPI}/files/{id_}")[0] == 404
    assert softmax.post(body)[0] == 404
    contents = json.dumps({"file_contents": base64.b64encode(helper).decode()}).encode()
    assert softmax.ask("PUT", f"{RESTAPI}/files/{id_}", contents) == (204, None)
    assert softmax.ask("HEAD", f"{RESTAPI}/files/{id_}")[0] == 204
    status, answer = softmax.post(body)
    shown = json.loads(answer["stdout"])
    check_shape(shown)
    assert (status, shown["fraction"]) == (200, 1)


def test_a_broken_exercise_costs_nobody_a_mark(tmp_path):
    course = tmp_path / "course"
    shutil.copytree(TINY, course)
    (checks,) = course.glob("exercises/ex01*/checks.py")
    checks.write_text(checks.read_text("utf-8") + "\nraise RuntimeError('broken')\n", "utf-8")
    with jobe(tmp_path / "log", "--course", str(course)) as server:
        status, said = server.check(
            "ex01",
            block("""
            def double(x):
                return 2 * x
        """),
        )
        assert status == 503
        assert said == "ex01 could not be graded; nothing is lost by it."
        assert server.check("ex03", "")[0] == 400  # no code to be judged
    assert "ex01" in (tmp_path / "log").read_text()
