"""What a student starts from, and what a student is told."""

import ast
from pathlib import Path

import pytest
import yaml
from support.languages import TINY
from support.text_blocks import block

from grader.course.languages import Translator
from grader.course.loading import Course
from grader.course.page import page, page_data
from grader.course.prose import unit_hash
from grader.course.questions import shown_questions
from grader.course.workspace import WorkspaceFile, create_workspace, order_of, reset

TYPED = Path(__file__).resolve().parents[1] / "courses" / "typed"


@pytest.mark.parametrize("lang", TINY)
def test_a_code_stub_is_python_with_the_prompt_on_top(tiny, lang):
    double = tiny.exercise("ex01")
    stub = double.stub(lang)
    assert ast.dump(ast.parse(stub)) == ast.dump(ast.parse(double.stub_source))
    assert stub.startswith(f"# ex01 · {double.prose(lang).front.title}\n#\n")
    assert "#     yᵢ = 2·xᵢ\n" in stub
    assert max(len(line) for line in stub.split("\n")) <= 88


@pytest.mark.parametrize("lang", TINY)
def test_a_quiz_stub_is_yaml_with_empty_answers(tiny, lang):
    stub = tiny.exercise("ex02").stub(lang)
    assert yaml.safe_load(stub) == {
        "smallest": None,
        "even": [],
        "signs": {"plus": None, "times": None},
        "growing": [],
        "half": None,
        "addition": None,
    }
    front = tiny.exercise("ex02").prose(lang).front
    for text in (*front.questions.values(), *front.choices["growing"].values()):
        assert text.split("$")[0].strip() in stub
    assert "# 4  c = a + b\n" in stub


def orders(exercise, question, seeds):
    """Return the orders in which the choices of a question are shown."""
    shown = (shown_questions(exercise, "en", seed)[question] for seed in seeds)
    return {tuple(id_ for id_, _ in one.choices) for one in shown}


def test_the_right_order_is_never_shown(tiny):
    found = orders(tiny.exercise("ex02"), 3, range(200))
    assert ("small", "medium", "large") not in found
    assert len(found) == 5


@pytest.mark.parametrize(("question", "count"), [(0, 6), (1, 24), (2, 6)])
def test_choices_come_in_an_order_of_their_seed(tiny, question, count):
    exercise = tiny.exercise("ex02")
    assert len(orders(exercise, question, range(200))) == count
    assert len(orders(exercise, question, [3, 3])) == 1
    of_course = shown_questions(exercise, "en")
    assert of_course == shown_questions(exercise, "en", tiny.index.seed)
    assert of_course[question].items == shown_questions(exercise, "en", 1)[question].items


def test_a_workspace_keeps_its_order(tiny, tmp_path):
    quiz = tiny.exercise("ex02")
    create_workspace(tmp_path, [tiny.exercise("ex03")], "en")
    order = order_of(tmp_path)
    create_workspace(tmp_path, [quiz], "fr")
    assert order_of(tmp_path) == order == order_of(tmp_path / "below")
    text = (tmp_path / quiz.stub_name).read_text(encoding="utf-8")
    assert text == quiz.stub("fr", order)
    assert reset(tmp_path, quiz, "fr") == []
    create_workspace(tmp_path, [quiz], "fr", order=order + 1)
    assert order_of(tmp_path) == order + 1
    assert page(quiz, "fr", order) != page(quiz, "fr", order + 1)


@pytest.mark.parametrize(
    "text", ["", "lang: en\n", "order: x\n", "order: -1\n", "order: " + "9" * 99]
)
def test_a_workspace_without_an_order_has_none(tmp_path, text):
    (tmp_path / ".grader.yaml").write_text(text, encoding="utf-8")
    assert order_of(tmp_path) is None


@pytest.mark.parametrize("lang", TINY)
def test_gaps_are_shown_and_each_has_a_line_to_answer(lang):
    gaps = Course(TYPED).exercise("ex01")
    stub = gaps.stub(lang)
    assert yaml.safe_load(stub) == {
        "layers": dict.fromkeys(["first", "between", "last"]),
        "update": dict.fromkeys(["step", "gradient"]),
        "method": None,
        "mean": None,
    }
    assert max(len(line) for line in stub.split("\n")) <= 88
    for text in (stub, page(gaps, lang), str(page_data(gaps, lang)["questions"])):
        assert "{{" not in text
        assert "`W -= [step]\N{NO-BREAK SPACE}____ *" in text.replace("\\xa0", "\N{NO-BREAK SPACE}")
    lines = stub.split("\n")
    comment = lines[lines.index("  last:") - 1]
    assert comment.startswith("  # … ")
    assert "[last]" in comment


def test_a_stale_prompt_is_marked(breakable):
    breakable.replace("i18n/en/ex01_double.md", "for a number or an array", "for any number")
    exercise = breakable.course.exercise("ex01")
    t = Translator("fr")
    mark = t("(The translation of this text is being revised: here is the English.)")
    for text in (exercise.stub("fr"), page(exercise, "fr")):
        assert "for any number" in text
        assert mark in text


def test_hidden_checks_are_counted_not_shown(tiny):
    double = tiny.exercise("ex01")
    text = page(double, "en")
    assert "- An array (2 points)" in text
    assert "Large numbers" not in text
    assert "1 more point in checks that are not displayed" in text
    assert [check["id"] for check in page_data(double, "en")["checks"]] == [
        "test_number",
        "test_array",
    ]


def test_given_files_lie_beside_the_stub(breakable, tmp_path):
    breakable.write("exercises/ex01_double/given/functions.py", "ONE = 1\n")
    breakable.replace(
        "exercises/ex01_double/exercise.yaml", "remarks:", "given: [functions.py]\nremarks:"
    )
    folder = tmp_path / "new" / "мои решения"
    placed = create_workspace(folder, [breakable.course.exercise("ex01")], "ru", order=5)
    assert placed == [
        WorkspaceFile(folder / "ex01_double.py", written=True),
        WorkspaceFile(folder / "functions.py", written=True),
    ]
    assert (folder / "functions.py").read_text(encoding="utf-8") == "ONE = 1\n"
    assert (folder / ".grader.yaml").read_text(encoding="utf-8") == "lang: ru\norder: 5\n"


def test_work_is_never_overwritten(tiny, tmp_path):
    answer = tmp_path / "ex01_double.py"
    answer.write_text("mine", encoding="utf-8")
    (tmp_path / ".grader.yaml").write_text(
        block("""
            lang: ru
            order: 3
            other: 1
        """),
        encoding="utf-8",
    )
    placed = create_workspace(tmp_path, tiny.exercises(), "fr")
    assert [file.written for file in placed] == [False, True, True]
    assert answer.read_text(encoding="utf-8") == "mine"
    kept = (tmp_path / ".grader.yaml").read_text(encoding="utf-8")
    assert kept == block("""
        lang: fr
        order: 3
        other: 1
    """)


def test_a_broken_exercise_leaves_no_half_workspace(breakable, tmp_path):
    (breakable.root / "i18n/en/ex03_find_line.md").unlink()
    with pytest.raises(Exception, match=r"ex03_find_line\.md"):
        create_workspace(tmp_path / "new", breakable.course.exercises(), "en")
    assert not (tmp_path / "new").exists()


def test_points_stand_below_code_at_the_end_of_a_question(breakable):
    code = block("""
        |-
            Complete:

            ```python
            a = 1
            ```""")
    breakable.replace("i18n/en/ex02_everything.md", "Which number is the smallest?", code)
    exercise = breakable.course.exercise("ex02")
    assert block("""

        # ```
        #
        # (1 point)
    """) in exercise.stub("en")
    assert "\n```\n\n(1 point)\n" in page(exercise, "en")


BLANKS = block("""
    def double(x):
        # blank: half
        y = ...
        # blank
        z = 0
        return y
""")


def test_a_blank_is_described_above_it_in_the_students_language(breakable):
    breakable.write("exercises/ex01_double/stub.py", BLANKS)
    words = {"en": "half of $x^2$, " * 9, "fr": "la moitié de $x^2$"}
    for lang, text in words.items():
        head = "title:" if lang == "en" else "source:\n"
        stamp = f"  blanks.half: '{unit_hash(words['en'].strip())}'\n" if lang != "en" else ""
        blanks = f"blanks:\n  half: {text.strip()}\n"
        breakable.replace(f"i18n/{lang}/ex01_double.md", head, f"{blanks}{head}{stamp}")
    english, french = (breakable.course.exercise("ex01").stub(lang) for lang in words)
    body = french.partition("def double")[2]
    assert body == block("""
        (x):
            # la moitié de x²
            y = ...
            z = 0
            return y
    """)
    body = english.partition("def double")[2]
    assert "    # half of x², half of x²," in body
    assert max(len(line) for line in body.split("\n")) <= 88
    assert ast.dump(ast.parse(english)) == ast.dump(ast.parse(BLANKS))
