"""What a student starts from, and what a student is told."""

import ast

import pytest
import yaml

from grader.course.languages import Translator
from grader.course.page import page, page_data
from grader.course.prose import unit_hash
from grader.course.questions import shown_questions
from grader.course.workspace import Placed, prepare


@pytest.mark.parametrize("lang", ["en", "fr", "ru"])
def test_a_code_stub_is_python_with_the_prompt_on_top(tiny, lang):
    double = tiny.exercise("ex01")
    stub = double.stub(lang)
    assert ast.dump(ast.parse(stub)) == ast.dump(ast.parse(double.stub_source))
    assert stub.startswith(f"# ex01 · {double.prose(lang).front.title}\n#\n")
    assert "#     yᵢ = 2·xᵢ\n" in stub
    assert max(len(line) for line in stub.split("\n")) <= 88


@pytest.mark.parametrize("lang", ["en", "fr", "ru"])
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


def test_the_order_of_choices_gives_nothing_away(tiny):
    ordering = shown_questions(tiny.exercise("ex02"), "en")[3]
    assert [id_ for id_, _ in ordering.choices] != ["small", "medium", "large"]
    assert ordering == shown_questions(tiny.exercise("ex02"), "en")[3]


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
    placed = prepare(folder, [breakable.course.exercise("ex01")], "ru")
    assert placed == [
        Placed(folder / "ex01_double.py", written=True),
        Placed(folder / "functions.py", written=True),
    ]
    assert (folder / "functions.py").read_text(encoding="utf-8") == "ONE = 1\n"
    assert (folder / ".grader.yaml").read_text(encoding="utf-8") == "lang: ru\n"


def test_work_is_never_overwritten(tiny, tmp_path):
    answer = tmp_path / "ex01_double.py"
    answer.write_text("mine", encoding="utf-8")
    (tmp_path / ".grader.yaml").write_text("lang: ru\nother: 1\n", encoding="utf-8")
    placed = prepare(tmp_path, tiny.exercises(), "fr")
    assert [file.written for file in placed] == [False, True, True]
    assert answer.read_text(encoding="utf-8") == "mine"
    assert (tmp_path / ".grader.yaml").read_text(encoding="utf-8") == "lang: fr\nother: 1\n"


def test_a_broken_exercise_leaves_no_half_workspace(breakable, tmp_path):
    (breakable.root / "i18n/en/ex03_find_line.md").unlink()
    with pytest.raises(Exception, match=r"ex03_find_line\.md"):
        prepare(tmp_path / "new", breakable.course.exercises(), "en")
    assert not (tmp_path / "new").exists()


BLANKS = "def double(x):\n    # blank: half\n    y = ...\n    # blank\n    z = 0\n    return y\n"


def test_a_blank_is_described_above_it_in_the_students_language(breakable):
    breakable.write("exercises/ex01_double/stub.py", BLANKS)
    words = {"en": "half of $x^2$, " * 9, "fr": "la moitié de $x^2$"}
    for lang, text in words.items():
        head = "title:" if lang == "en" else "source:\n"
        stamp = f"  blanks.half: '{unit_hash(words['en'].strip())}'\n" if lang != "en" else ""
        block = f"blanks:\n  half: {text.strip()}\n"
        breakable.replace(f"i18n/{lang}/ex01_double.md", head, f"{block}{head}{stamp}")
    english, french = (breakable.course.exercise("ex01").stub(lang) for lang in words)
    body = french.partition("def double")[2]
    assert body == "(x):\n    # la moitié de x²\n    y = ...\n    z = 0\n    return y\n"
    body = english.partition("def double")[2]
    assert "    # half of x², half of x²," in body
    assert max(len(line) for line in body.split("\n")) <= 88
    assert ast.dump(ast.parse(english)) == ast.dump(ast.parse(BLANKS))
