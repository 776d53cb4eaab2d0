"""Marking texts by key points: what a teacher types, and the way from a batch to a grade."""

import json
from decimal import Decimal

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from support import samples
from support.terminal import talk
from support.text_blocks import block

from grader.gradebook.key_points import given
from grader.report.models import KeyPoint, Report

CHECK = samples.check(
    "purpose",
    "needs_review",
    points=4,
    key_points=[
        KeyPoint(id="parameters", points=Decimal(1)),
        KeyPoint(id="smallest_error", points=Decimal(1)),
        KeyPoint(id="unseen_data", points=Decimal(2)),
    ],
)


@pytest.mark.parametrize(
    ("answer", "points", "why"),
    [
        ("1", 1, "purpose: parameters"),
        ("1 3", 3, "purpose: parameters, unseen_data"),
        ("3,1", 3, "purpose: parameters, unseen_data"),
        ("2; unseen_data", 3, "purpose: smallest_error, unseen_data"),
        ("1 2 3", 4, "purpose: parameters, smallest_error, unseen_data"),
        ("1 1 parameters", 1, "purpose: parameters"),
        ("0", 0, "purpose: 0"),
        ("=0", 0, "purpose: 0"),
        ("=1.5", "1.5", "purpose: 1.5"),
        ("= 2,25", "2.25", "purpose: 2.25"),
        ("=4", 4, "purpose: 4"),
    ],
)
def test_a_teacher_names_key_points_or_an_amount(answer, points, why):
    award = given(answer, CHECK)
    assert (award.points, award.why) == (Decimal(points), why)


@pytest.mark.parametrize(
    "answer",
    ["4", "1 4", "0 1", "-1", "1.5", "weights", ",", "=", "=5", "=-1", "=1.234", "=nan", "=1 2"],
)
def test_what_is_neither_gives_nothing(answer):
    assert given(answer, CHECK) is None


@drawn(st.text(max_size=20))
def test_no_answer_gives_more_than_there_is(answer):
    award = given(answer, CHECK)
    assert award is None or 0 <= award.points <= CHECK.maximum


# -- the whole way -------------------------------------------------------------------------------

ANSWERS = {
    "ada": block("""
        looked_for: [w, b]
        minimised: error
        purpose: |
          Weights: with a small error
    """),
    "bob": "looked_for: [w, x]\npurpose: It learns by heart.\n",
    "cy": "looked_for: [w]\npurpose: |\n\n",
    "dee": "purpose: No idea.\n",
}


@pytest.fixture
def batch(grader):
    """Grade answers to ex01 into a gradebook; all wait but Cy's, who has written no text."""
    for name, text in ANSWERS.items():
        (grader.folder / "class" / name).mkdir(parents=True)
        grader.write(f"class/{name}/ex01.yaml", text)

    def batch():
        return grader.run(
            *("batch", "class", "--out", "out", "--gradebook", "gradebook.sqlite"),
            *("--format", "gradescope"),
        )

    done = batch()
    assert done.returncode in {0, 1}, done.stderr
    assert "3 for you to look at" in done.stdout
    return batch


def grades(grader):
    shown = json.loads(grader.run("gradebook", "show", "--json").stdout)
    return {one["student"]: (one["status"], one["points"]) for one in shown}


@pytest.mark.slow
def test_texts_are_marked_from_the_batch_to_the_grade(grader, batch):
    student = Report.model_validate_json(
        (grader.folder / "out/reports/ada/ex01-1.student.json").read_bytes()
    )
    assert (student.waiting, student.checks[-1].answer) == (Decimal(3), None)
    handed_on = grader.folder / "out/gradescope"
    assert {path.name for path in handed_on.iterdir()} == {"cy"}
    assert grades(grader) == {
        "ada": ("needs_review", 3),
        "bob": ("needs_review", 0),
        "cy": ("graded", 1),
        "dee": ("needs_review", 0),
    }

    told = talk(
        grader.folder,
        *("gradebook", "review", "--by", "Eve"),
        answers=["s", "7", "1 smallest_error", "", "=0,5", "half a thought", "0", ""],
    )
    assert "| Weights: with a small error" in told
    assert "The text that was handed in" in told
    assert "4    Weights: with a small error" in told, "s shows the file"
    assert told.count("Name key points of this question (parameters, smallest_error") == 1
    assert "Key points: 2; the other questions: 3; together: 5 of 10" in told
    assert "Reason [purpose: parameters, smallest_error]: " in told
    marked = {
        "ada": ("marked", 5),
        "bob": ("marked", 0.5),
        "cy": ("graded", 1),
        "dee": ("marked", 0),
    }
    assert grades(grader) == marked
    shown = grader.run("gradebook", "show").stdout
    assert "5 of 10  mark by Eve: purpose: parameters, smallest_error" in shown
    assert grader.run("gradebook", "review").stdout == "Nothing needs review.\n"

    done = grader.run("gradebook", "regrade")
    assert done.returncode == 0, done.stderr
    assert grades(grader) == marked
    batch()
    assert grades(grader) == marked
    results = {
        path.name: json.loads((path / "ex01-1/results.json").read_text(encoding="utf-8"))
        for path in handed_on.iterdir()
    }
    scores = {name: result["score"] for name, result in results.items()}
    assert scores == {"ada": 5, "bob": 0.5, "cy": 1, "dee": 0}
    assert "- They are to make the error as small as possible. (1)" in str(results["dee"])


@pytest.mark.slow
@pytest.mark.usefixtures("batch")
@pytest.mark.parametrize("answers", [[""], ["q"]])
def test_a_text_can_be_left_for_later(grader, answers):
    talk(grader.folder, "gradebook", "review", answers=[*answers, "q"])
    assert grades(grader)["ada"] == ("needs_review", 3)
