"""Questions that are answered with a text: what is kept of it, and what its key may be."""

import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from pydantic import ValidationError
from support.languages import LANGUAGES
from support.text_blocks import block

from grader.course.models import Key, KeyFile, Question, QuestionExercise
from grader.questions.answers import read_answers
from grader.questions.free_text import TEXT_LIMIT
from grader.questions.keys import key_problems
from grader.questions.score import score

ROOT = Path(__file__).resolve().parents[2]
EX01 = "ex01_what_training_adjusts"
QUESTION = Question(id="q", kind="free_text", points=3)
KEY = Key(key_points={"parameters": 1, "unseen_data": 2})


def scored(text, question=QUESTION):
    """Score an answer as it stands in a file."""
    return score(question, KEY, read_answers(text, "ex01.yaml").get("q"))


# -- the answer ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("q: it looks for weights\n", "it looks for weights"),
        ("q: 0.5\n", "0.5"),
        ("q: goal: small errors\n", "goal: small errors"),
        ("q: | behind the bar\n", "behind the bar"),
        (
            block("""
                q: |
                  two lines:
                    # as they are, `$x$`
            """),
            "two lines:\n  # as they are, `$x$`",
        ),
        (
            block("""
                q: |
                at the margin
                - as a list: too

                the end
                p: 1
            """),
            None,
        ),
        (
            block("""
                q:
                  goal: small
                  where: on new data
            """),
            "goal: small, where: on new data",
        ),
        ("q: [one, two]\n", "one, two"),
    ],
)
def test_whatever_is_written_is_a_text_that_waits(written, kept):
    result = scored(written)
    assert result.text == (
        kept
        or block("""
            at the margin
            - as a list: too

            the end""")
    )
    assert (result.fraction, result.mistake) == (Fraction(0), None)
    assert [id_ for id_, _ in result.feedback] == ["quiz.compare"]


@pytest.mark.parametrize("written", ["q:\n", "q: |\n  \n", "q: |\n\n# q\n", "q: '  '\n", "q: []\n"])
def test_an_empty_text_waits_for_nobody(written):
    result = scored(written)
    assert (result.fraction, result.text) == (0, None)
    assert [id_ for id_, _ in result.feedback] == ["quiz.unanswered"]


def test_of_a_text_without_end_the_beginning_is_kept():
    result = scored("q: " + "я" * 10_000 + "\n")
    assert result.text == "я" * TEXT_LIMIT
    assert result.feedback[0] == ("quiz.free_text_long", {"length": 10_000, "most": TEXT_LIMIT})
    assert scored("q: " + "я" * TEXT_LIMIT + "\n").feedback == (("quiz.compare", {}),)


# -- what an author writes -----------------------------------------------------------------------

EXERCISE = QuestionExercise.model_validate(
    {
        "id": "ex01",
        "slug": "tiny",
        "section": "errors",
        "kind": "quiz",
        "questions": [
            {"id": "text", "kind": "free_text", "points": 3, "max_lines": 2},
            {"id": "number", "kind": "numeric"},
        ],
    }
)
TEXT = {"key_points": {"one": 1, "two": 2}}
NUMBER = {"answer": 1}


def problems(text, number=None):
    key = KeyFile.model_validate({"questions": {"text": text, "number": number or NUMBER}})
    return [
        (one.field, one.problem.split(":")[0], one.arguments)
        for one in key_problems(EXERCISE, key, {})
    ]


def test_a_key_is_its_key_points():
    assert problems(TEXT) == []


@pytest.mark.parametrize(
    ("text", "number", "field", "problem"),
    [
        ({"answer": "weights"}, None, "text.answer", "a free_text question has no right answer"),
        ({"answer": "weights"}, None, "text.key_points", "a free_text question has no key points"),
        (TEXT | {"answer": "weights"}, None, "text.answer", "a free_text question has no right"),
        (TEXT | {"mistakes": {"none": "x"}}, None, "text.mistakes.none", "a free_text question"),
        (TEXT | {"tolerance": 1}, None, "text.tolerance", "only a numeric question"),
        (TEXT, NUMBER | TEXT, "number.key_points", "only a free_text question has key points"),
        ({"key_points": {"one": 1}}, None, "text.key_points", "the key points come to {{sum}}"),
        ({"key_points": {"one": 4}}, None, "text.key_points", "the key points come to {{sum}}"),
    ],
)
def test_a_key_that_nobody_can_mark_by_is_refused(text, number, field, problem):
    found = problems(text, number)
    assert any(at == f"questions.{field}" and what.startswith(problem) for at, what, _ in found)


@pytest.mark.parametrize("points", [0, -1, 0.5, "many", 1000, None])
def test_a_key_point_is_worth_whole_points(points):
    with pytest.raises(ValidationError):
        Key(key_points={"one": points})


def test_a_key_says_what_is_right():
    with pytest.raises(ValidationError, match="a key has an answer, or the key points"):
        Key(tolerance=0.1)


def test_only_a_text_has_lines_to_keep_to():
    with pytest.raises(ValidationError, match="max_lines belongs to a free_text question"):
        Question(id="q", kind="numeric", max_lines=2)
    with pytest.raises(ValidationError):
        Question(id="q", kind="free_text", max_lines=0)


@pytest.fixture
def copied(tmp_path):
    """A course of ex01 alone, to be broken."""
    for part in ("exercises", "answers"):
        shutil.copytree(ROOT / part / EX01, tmp_path / part / EX01)
    for lang in LANGUAGES:
        (tmp_path / "i18n" / lang).mkdir(parents=True)
        for name in (EX01, "course"):
            shutil.copy(ROOT / f"i18n/{lang}/{name}.md", tmp_path / "i18n" / lang)
    (tmp_path / "exercises/course.yaml").write_text(
        block(f"""
            format: 1
            id: copied
            seed: 1
            languages: [en, fr, ru]
            sections:
              - id: neurons_and_layers
                exercises: [{EX01}]
        """),
        encoding="utf-8",
    )
    return tmp_path


def validated(grader, course):
    done = grader.run("validate", "--course", course, "ex01")
    return done.returncode, " ".join(done.stdout.split())


@pytest.mark.slow
def test_validate_proves_a_quiz_with_a_text(grader, copied):
    code, told = validated(grader, copied)
    assert (code, "PASS" in told) == (0, True), told


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("answers/{}/key.yaml", "unseen_data: 1", "unseen_data: 2", "the key points come to 4"),
        ("answers/{}/key.yaml", "unseen_data: 1", "new_data: 1", "key_points.purpose.new_data"),
        ("i18n/en/{}.md", "    unseen_data:", "    seen_data:", "key_points.purpose.unseen_data"),
        ("i18n/fr/{}.md", "    unseen_data:", "    seen_data:", "key_points.purpose.unseen_data"),
        ("i18n/ru/{}.md", "веса и смещения.", "7 весов.", "key_points.purpose.parameters"),
        ("i18n/en/{}.md", "small as possible.", "small as can be.", "the English changed since"),
    ],
)
def test_validate_tells_what_a_text_lacks(grader, copied, name, old, new, told):
    path = copied / name.format(EX01)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    code, output = validated(grader, copied)
    assert code == 1
    assert told in output
