"""Questions answered before the judge: each with one sentence, whatever else the file holds."""

import shutil
from pathlib import Path

import pytest
from support.languages import LANGUAGES

from grader.course.loading import Course
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge
from grader.judge.validation.exercise import prove
from grader.report.causes import causes_of, nothing_but_open
from grader.report.consistency import contradiction
from grader.report.localise import localise
from grader.report.next_step import way_on

COURSES = Path(__file__).resolve().parents[1] / "courses"
LONG = "x" * 10_000
CONTROL = '"\\x1b[2J\\x07\\u202e"'
RIGHT = {
    "smallest": "one",
    "even": "[two, four]",
    "signs": "{plus: sum, times: product}",
    "growing": "[small, medium, large]",
    "half": "0.25",
    "addition": "4",
}
RIGHT_TYPED = {
    "layers": "{first: input, between: hidden, last: output}",
    "update": "\n  step: lr\n  gradient: grad['W']",
    "method": "gradient descent",
    "mean": "x.mean(axis=0)",
}
BAD = [
    ("smallest", "one, two", "quiz.choices_many"),
    ("smallest", "ten", "quiz.choice_unknown"),
    ("even", "[two, ten]", "quiz.choice_unknown"),
    ("signs", "{plus: ten, times: product}", "quiz.choice_unknown"),
    ("signs", "{plus: , times: product}", "quiz.item_unanswered"),
    ("signs", "{minus: sum}", "quiz.item_unknown"),
    ("signs", "sum", "quiz.not_mapping"),
    ("growing", "[small, medium, ten]", "quiz.choice_unknown"),
    ("growing", "[small, small]", "quiz.order_incomplete"),
    ("half", "a quarter", "quiz.number_unreadable"),
    ("half", "[0.25, 0.5]", "quiz.texts_many"),
    ("addition", "[ten]", "quiz.line_unknown"),
    ("addition", "99", "quiz.line_range"),
    ("layers", "{first: , between: hidden, last: output}", "quiz.gap_unanswered"),
    ("layers", "{first: [a, b], between: hidden, last: output}", "quiz.gap_many"),
    ("layers", "input", "quiz.not_gaps"),
    ("layers", "{fourth: x}", "quiz.gap_unknown"),
    ("method", "[descent, ascent]", "quiz.texts_many"),
    *((name, LONG, None) for name in (*RIGHT, *RIGHT_TYPED)),
    *((name, CONTROL, None) for name in (*RIGHT, *RIGHT_TYPED)),
]


@pytest.fixture(scope="module")
def judges():
    found = {}
    for name, id_, right in (("tiny", "ex02", RIGHT), ("typed", "ex01", RIGHT_TYPED)):
        with Judge(Course(COURSES / name).exercise(id_)) as judge:
            found |= dict.fromkeys(right, (judge, right))
    return found


def judged(judge, answers):
    text = "".join(f"{name}: {answer}\n" for name, answer in answers.items())
    report = judge.judge(read_bytes(text.encode(), "answers.yaml", "quiz"))
    assert contradiction(report) is None
    return report, {check.id: check for check in report.checks}


@pytest.mark.parametrize(("name", "answer", "told"), BAD)
def test_bad_input_is_told_in_a_sentence_and_costs_no_other_question(judges, name, answer, told):
    judge, right = judges[name]
    _, checks = judged(judge, {**right, name: answer})
    bad = checks.pop(name)
    assert bad.status == "failed"
    assert told in {None, bad.feedback[0].id}
    assert {check.status for check in checks.values()} == {"passed"}
    for lang in LANGUAGES:
        text = localise(judged(judge, {**right, name: answer})[0], judge.exercise.course, lang)
        said = next(check for check in text.checks if check.id == name).feedback[0].text
        assert 0 < len(said) < 250
        assert "{{" not in said
        assert not {"\x1b", "\x07", "\u202e"} & set(said)


def test_an_unknown_question_is_told_and_the_others_count(judges):
    judge, right = judges["method"]
    report, checks = judged(judge, {**right, "methods": "x"})
    assert report.passed
    assert [message.id for message in report.load.feedback] == ["quiz.unknown_question"]
    assert {check.status for check in checks.values()} == {"passed"}


@pytest.mark.parametrize(
    ("name", "again"),
    [("half", "0.5"), ("signs", "sum"), ("method", "x"), ("update", "{step: 1, Step: 2}")],
)
def test_two_answers_to_a_question_cost_that_question(judges, name, again):
    judge, right = judges[name]
    answers = {**right, name.upper(): again}
    _, checks = judged(judge, answers)
    twice = checks.pop(name)
    assert (twice.status, [message.id for message in twice.feedback]) == ("failed", ["quiz.twice"])
    assert {check.status for check in checks.values()} == {"passed"}


@pytest.mark.parametrize("name", ["half", "method"])
def test_what_has_no_answer_is_no_mistake(judges, name):
    judge, right = judges[name]
    report, checks = judged(judge, dict.fromkeys(right, ""))
    assert {check.status for check in checks.values()} == {"unanswered"}
    assert {check.blame for check in checks.values()} == {None}
    assert (report.status, report.reached, report.headline.id) == (
        "graded",
        0,
        "headline.unanswered",
    )
    assert not report.undecided
    (cause,) = report.causes
    assert cause.checks == [*right]


def test_what_is_open_is_told_apart_from_what_is_wrong(judges):
    judge, right = judges["method"]
    report, _ = judged(judge, {**right, "update": "", "mean": ""})
    assert report.headline.id == "headline.open"
    assert nothing_but_open(report)
    way = way_on(report, hints=True, order=["ex01"])
    assert (way.id, way.args) == ("next.open", {"n": 2, "check": "update"})
    report, _ = judged(judge, {**right, "update": "", "mean": "x"})
    assert report.headline.id == "headline.some"
    way = way_on(report, hints=True, order=["ex01"])
    assert (way.id, way.args["check"]) == ("next.mend", "update")
    assert causes_of(report)[0].checks == ["update"]


def test_the_typed_course_is_proved():
    proof = prove(Course(COURSES / "typed").exercise("ex01"))
    assert proof.problems == []
    assert [str(part) for part in proof.proved] == [
        "the right answers",
        "the stubs in en, fr, ru",
        "5 mistakes",
    ]


def test_a_language_without_a_text_is_told(tmp_path):
    shutil.copytree(COURSES / "typed", tmp_path / "typed")
    file = tmp_path / "typed" / "answers" / "ex01_gaps" / "key.yaml"
    text = file.read_text(encoding="utf-8").replace(", fr: [cachées, cachée]", "")
    text = text.replace("      ru: [градиентный спуск, метод градиентного спуска]\n", "")
    file.write_text(text, encoding="utf-8")
    found = prove(Course(tmp_path / "typed").exercise("ex01")).problems
    assert [str(problem).partition(": ")[2] for problem in found] == [
        "questions.layers.answer: the gap between has no text that is accepted in fr: mend the key",
        "questions.method.answer: no text is accepted in ru: mend the key",
    ]
