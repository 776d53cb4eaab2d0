"""An exercise's own observations: facts about a wrong result where no misconception fits."""

import numpy as np
import pytest
import yaml
from support.text_blocks import block

from grader import observation
from grader.course.loading import Course
from grader.judge.feedback.observations.own import Observation, Wrong, listed
from grader.judge.processes.sandboxed_program import FunctionCall
from grader.judge.validation.exercise import prove

ALWAYS = block("""


    @observation
    def negative(call, got, right):
        return True
""")

FOLDER = "exercises/ex01_double"
ANSWERS = "answers/ex01_double"
CHECKS = """\
from grader import assert_close, observation


def test_one(student, reference):
    assert_close(student.double(np.arange(1.0, 4.0)), reference.double(np.arange(1.0, 4.0)))


def test_two(student, reference):
    assert_close(student.double(np.arange(2.0, 7.0)), reference.double(np.arange(2.0, 7.0)))
"""
NEGATIVE = """

@observation
def negative(call, got, right):
    return bool((got < 0).all())
"""
SUM = """

@observation
def total(call, got, right):
    return {"sum": got.sum()} if got.sum() != right.sum() else False
"""
PROSE = {
    "title": "Double",
    "checks": {"test_one": "One", "test_two": "Two"},
    "observations": {
        "negative": "Every value is negative.",
        "total": "The values add up to {{sum}}.",
    },
}


@pytest.fixture
def observing(court):
    """Give ex01 these observations, in this order, with sentences for them."""

    def write(*functions, ids=("negative", "total"), **more):
        court.exercise(CHECKS + "".join(functions), observations=list(ids), **more)
        prose = yaml.safe_dump(PROSE, sort_keys=False)
        court.write("i18n/en/ex01_double.md", f"---\n{prose}---\nDouble it.\n")
        return court

    return write


def double_as(value):
    return block(f"""
        import numpy as np


        def double(x):
            return {value}
    """)


def test_the_first_observation_that_is_true_is_told_before_the_bare_finding(observing):
    checks = observing(NEGATIVE, SUM).checks(double_as("-2.0 * x"))
    assert [check.observation for check in checks.values()] == ["negative", "negative"]
    first, finding = checks["test_one"].feedback
    assert first.id == "exercise.negative"
    assert first.text == "Every value is negative."
    assert finding.id == "compare.values"
    assert checks["test_one"].misconception is None


def test_arguments_fill_the_sentence(observing):
    checks = observing(SUM, ids=["total"]).checks(double_as("np.ones(3)"))
    told = checks["test_one"]
    assert told.feedback[0].text == "The values add up to 3.0."
    assert told.feedback[0].args == {"sum": 3.0}


def test_what_passes_is_told_nothing(observing):
    checks = observing(NEGATIVE, SUM).checks()
    assert [check.observation for check in checks.values()] == [None, None]
    assert [check.feedback for check in checks.values()] == [[], []]


def test_a_misconception_leaves_no_room_for_an_observation(observing):
    wrong = {"negated": double_as("-2.0 * x")}
    checks = observing(NEGATIVE, SUM, wrong=wrong).checks(double_as("0 - x - x"))
    assert {check.misconception for check in checks.values()} == {"negated"}
    assert {check.observation for check in checks.values()} == {None}


def test_an_observation_that_breaks_is_not_true_and_nobody_s_fault(observing):
    broken = block("""


        @observation
        def negative(call, got, right):
            return got['no such thing']
    """)
    report = observing(broken, SUM).judge(double_as("-2.0 * x"))
    assert {check.observation for check in report.checks} == {"total"}
    assert report.status == "graded"
    assert report.run.faults == []


def test_an_observation_that_is_true_of_what_is_right_is_silent(observing):
    always = ALWAYS
    checks = observing(always, SUM).checks(double_as("-2.0 * x"))
    assert {check.observation for check in checks.values()} == {"total"}


def test_an_observation_that_changes_what_it_gets_changes_nobody_s_values(observing):
    changing = """

@observation
def negative(call, got, right):
    call.args[0][:], right[:], got[:] = 0, 0, 0
    return False
"""
    court = observing(changing, SUM)
    for _ in range(2):
        checks = court.checks(double_as("np.ones(3)"))
        assert checks["test_one"].feedback[0].args == {"sum": 3.0}
        assert checks["test_one"].feedback[1].args["expected"] == 6.0


def test_what_raises_has_no_observation(observing):
    always = block("""


        @observation
        def negative(call, got, right):
            return got is not right
    """)
    checks = observing(always, SUM).checks(double_as("1 / 0"))
    assert {check.observation for check in checks.values()} == {None}


# -- one observation by itself --------------------------------------------------------------------


def wrong(got, right=0.0):
    return Wrong(FunctionCall("call", "f", (np.ones(2),), {}), got, right)


def fact(function):
    (made,) = listed(["name"], {"name": function})
    return made


def test_it_must_be_true_of_every_wrong_call():
    positive = fact(observation(lambda _call, got, _right: got > 0))
    assert positive.true_of([wrong(1.0), wrong(2.0)]).id == "exercise.name"
    assert positive.true_of([wrong(1.0), wrong(-2.0)]) is None
    assert positive.true_of([]) is None


def test_arguments_must_agree_but_for_rounding():
    value = fact(observation(lambda _call, got, _right: {"c": got, "n": 2} if got else None))
    assert value.true_of([wrong(1 / 3), wrong(1 / 3 + 1e-9)]).args == {"c": 0.3333, "n": 2}
    assert value.true_of([wrong(1.0), wrong(2.0)]) is None


def test_arguments_of_the_first_call_are_told_where_the_author_says_so():
    @observation(first=True)
    def value(_call, got, right):
        return {"c": got} if got != right else None

    assert fact(value).true_of([wrong(1.0), wrong(2.0)]).args == {"c": 1.0}


@pytest.mark.parametrize(
    "said", ["text", 1, [True], {"c": np.ones(2)}, {"c": float("nan")}, {"c": [1]}, np.ones(3)]
)
def test_an_odd_value_is_not_true_and_is_noticed(said):
    odd = fact(observation(lambda _call, got, right: False if got == right else said))
    assert odd.true_of([wrong(1.0)]) is None
    assert len(odd.noticed) == 1


@pytest.mark.parametrize("said", [None, False, np.False_])
def test_false_in_any_form_is_nothing_odd(said):
    never = fact(observation(lambda _call, _got, _right: said))
    assert never.true_of([wrong(1.0)]) is None
    assert never.noticed == []


def test_only_what_is_listed_and_there_is_tried():
    functions = {name: observation(lambda _c, _g, _r: True) for name in ("a", "b")}
    assert [one.id for one in listed(["b", "c", "a"], functions)] == ["b", "a"]
    assert isinstance(listed(["a"], functions)[0], Observation)


# -- their proof ----------------------------------------------------------------------------------


@pytest.fixture
def problems(court):
    """Return what is wrong with ex01, apart from its translations and files of the tiny course."""
    for spare in ("misconceptions/squared.py", "remarks/added_to_itself.py"):
        (court.root / ANSWERS / spare).unlink()

    def found():
        proof = prove(Course(court.root).exercise("ex01"))
        return [str(one) for one in proof.problems if not one.where.startswith("i18n/")]

    return found


def test_an_observation_needs_a_wrong_answer_of_which_it_is_told(observing, problems):
    court = observing(NEGATIVE, ids=["negative"])
    (problem,) = problems()
    assert problem.startswith(f"{ANSWERS}/observed/negative.py: observations: there is no such")
    court.write(f"{ANSWERS}/observed/negative.py", double_as("-2.0 * x"))
    assert problems() == []
    court.write(f"{ANSWERS}/observed/negative.py", double_as("3.0 * x"))
    (problem,) = problems()
    where = f"{ANSWERS}/observed/negative.py: is told no observation under the seeds 7, 1: "
    assert problem == (f"{where}write a wrong answer of which this is the first that is true")


def test_a_misconception_takes_the_place_of_the_observation(observing, problems):
    wrong = {"negated": double_as("-2.0 * x")}
    court = observing(NEGATIVE, ids=["negative"], wrong=wrong)
    court.write(f"{ANSWERS}/observed/negative.py", double_as("-2.0 * x"))
    (problem,) = problems()
    assert "is told negated" in problem


def test_an_observation_that_is_true_of_the_reference_is_refused(observing, problems):
    court = observing(
        block("""


            @observation
            def negative(call, got, right):
                return got[0] > 0
        """)
    )
    court.exercise(
        CHECKS + ALWAYS,
        observations=["negative"],
    )
    court.write(f"{ANSWERS}/observed/negative.py", double_as("-2.0 * x"))
    told = [problem for problem in problems() if "checks.py" in problem]
    where = f"{FOLDER}/checks.py: negative: is true of the reference in test_one"
    advice = "let it return False for what is right"
    assert told == [f"{where} under the seeds 7, 1, 2, 3: {advice}"]


def test_an_observation_that_raises_on_a_known_wrong_answer_is_refused(observing, problems):
    raises = block("""


        @observation
        def negative(call, got, right):
            return bool((got < 0).all())
    """)
    court = observing(raises, ids=["negative"], wrong={"nothing": double_as("'text'")})
    court.write(f"{ANSWERS}/observed/negative.py", double_as("-2.0 * x"))
    (problem,) = problems()
    assert problem.startswith(f"{FOLDER}/checks.py: negative: is not proved of misconceptions/")
    assert "TypeError" in problem


def test_what_is_listed_and_what_is_marked_must_agree(observing, problems):
    observing(NEGATIVE, ids=["total"])
    told = problems()
    assert f"{FOLDER}/checks.py: total: is listed in exercise.yaml and missing" in told[0]
    assert f"{FOLDER}/checks.py: negative: is not listed in exercise.yaml" in told[1]
