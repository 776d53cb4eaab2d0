"""Which known wrong answer is named for a failing check, from recorded calls alone."""

import numpy as np

from grader.judge.checking.function_namespace import RecordedCall
from grader.judge.feedback.choose_misconception import PossibleMisconceptions
from grader.judge.feedback.diagnosis import REFERENCE, Diagnosis, Evidence, diagnose
from grader.judge.processes.outcomes import (
    Crashed,
    OutOfMemory,
    Raised,
    Returned,
    TimedOut,
    TooLarge,
)
from grader.judge.processes.sandboxed_program import FunctionCall
from grader.wire.seen import TrafficRecord


def outcome(function, call):
    """What becomes of a call, as a student process would tell it."""
    args = [np.array(arg) if isinstance(arg, np.ndarray) else arg for arg in call.args]
    try:
        value = function(*args)
    except ArithmeticError as error:
        return Raised(type(error).__name__, str(error), 1)
    changed = {
        i: arg
        for i, (arg, old) in enumerate(zip(args, call.args, strict=True))
        if not np.array_equal(arg, old)
    }
    return Returned(value, changed)


def recorded(function, *inputs, name="f", operation="call"):
    """The calls of a check, as made of the submission."""
    calls = [FunctionCall(operation, name, (x,), {}) for x in inputs]
    return [RecordedCall(call, outcome(function, call)) for call in calls]


class Programs:
    """The reference and the misconceptions; counts what is replayed."""

    def __init__(self, reference, known=(), **more):
        self.functions = {REFERENCE: reference, **dict(known), **more}
        self.replayed = []
        self.alike = {}

    def diagnose(
        self, passing=None, fails=lambda _name, _check: False, formal=(), worded=(), **failing
    ):
        names = [name for name in self.functions if name != REFERENCE]

        def all_fail(name, check):
            return check in failing or fails(name, check)

        evidence = Evidence(failing, self, passing or {}, all_fail, formal=formal, worded=worded)
        return diagnose(evidence, PossibleMisconceptions(names, alike=self.alike))

    def __call__(self, name, call):
        self.replayed.append(name)
        return outcome(self.functions[name], call)


def double(x):
    return 2 * x


def square(x):
    return x * x


def triple(x):
    return 3 * x


def test_a_misconception_that_reproduces_every_call_is_named():
    programs = Programs(double, squared=square)
    found = programs.diagnose(test_a=recorded(square, 3.0, 5.0))
    assert found == Diagnosis({"test_a": "squared"})


def test_one_call_that_it_does_not_reproduce_is_enough_to_rule_it_out():
    programs = Programs(double, squared=square)
    calls = [*recorded(square, 3.0, 5.0), *recorded(triple, 4.0)]
    assert programs.diagnose(test_a=calls) == Diagnosis({})


def test_it_must_differ_from_the_reference_on_a_call_of_the_check():
    programs = Programs(double, squared=square)
    assert programs.diagnose(test_a=recorded(square, 2.0, 0.0)).misconceptions == {}


def test_each_failing_check_is_named_by_itself():
    programs = Programs(double, squared=square, tripled=triple)
    found = programs.diagnose(
        test_a=recorded(square, 5.0, 6.0),
        test_b=recorded(triple, 5.0, 6.0),
        test_c=recorded(lambda _: 0.5, 5.0),
    )
    assert found.misconceptions == {"test_a": "squared", "test_b": "tripled"}


def test_where_several_fit_the_one_that_explains_most_checks_wins():
    # On 3 both give 9; only the second explains what happens on 4.
    programs = Programs(double, tripled=triple, squared=square)
    found = programs.diagnose(test_a=recorded(square, 3.0), test_b=recorded(square, 4.0))
    assert found.misconceptions == {"test_a": "squared", "test_b": "squared"}


def test_where_nothing_decides_none_is_named_and_the_tie_is_noted():
    calls = recorded(square, 3.0)
    found = Programs(double, a=triple, b=square).diagnose(t=calls)
    assert found.misconceptions == {}
    assert found.tied == {"t": ["a", "b"]}


def test_where_nothing_decides_the_sentence_that_is_true_of_all_is_told():
    programs = Programs(double, a=triple, b=square, c=lambda _: 9.0)
    programs.alike = {"common": ["a", "b", "c"], "closer": ["a", "b"], "other": ["b", "c"]}
    found = programs.diagnose(t=recorded(square, 3.0))
    assert found.misconceptions == {"t": "common"}
    del programs.functions["c"]
    assert programs.diagnose(t=recorded(square, 3.0)).misconceptions == {"t": "closer"}


def inverse(x):
    if x == 0:
        raise ZeroDivisionError("one wording")
    return 1 / x


def test_exceptions_are_recognised_by_type_and_message():
    def wording(text):
        def theirs(x):
            if x == 0:
                raise ZeroDivisionError(text)
            return 1 / x

        return theirs

    programs = Programs(lambda x: 0.0 if x == 0 else 1 / x, not_caught=inverse)
    same, other = wording("one wording"), wording("quite another")
    found = programs.diagnose(test_a=recorded(same, 0.0, 2.0))
    assert found.misconceptions == {"test_a": "not_caught"}
    assert programs.diagnose(test_a=recorded(other, 0.0, 2.0)).misconceptions == {}


def test_a_misconception_that_fails_a_check_which_passes_is_not_named():
    calls = {"test_a": recorded(square, 3.0)}
    asked = []

    def fails(name, check):
        asked.append((name, check))
        return True

    passing = {"test_b": recorded(double, 2.0)}
    programs = Programs(double, squared=square)
    assert programs.diagnose(passing, fails, **calls).misconceptions == {}
    assert asked == [("squared", "test_b")]
    assert programs.diagnose(passing, **calls).misconceptions == {"test_a": "squared"}


def test_a_variant_is_named_by_its_misconception():
    known = {"wrong": triple, "wrong.square": square}
    found = Programs(double, known).diagnose(
        test_a=recorded(square, 5.0, 6.0), test_b=recorded(triple, 5.0, 6.0)
    )
    assert found.misconceptions == {"test_a": "wrong", "test_b": "wrong"}


def truncated(x):
    return np.trunc(2 * x)


def test_zeros_alone_name_nothing_where_more_fails():
    small, large = np.array([0.1, 0.2]), np.array([1.3, 2.6])
    programs = Programs(double, cut_off=truncated)
    by_chance = programs.diagnose(
        test_a=recorded(np.zeros_like, small), test_b=recorded(np.zeros_like, large)
    )
    assert by_chance.misconceptions == {}
    both = programs.diagnose(test_a=recorded(truncated, small), test_b=recorded(truncated, large))
    assert both.misconceptions == {"test_a": "cut_off", "test_b": "cut_off"}
    alone = programs.diagnose(test_a=recorded(truncated, small))
    assert alone.misconceptions == {"test_a": "cut_off"}


def test_zeros_name_a_mistake_where_what_else_fails_is_of_another_function():
    small, large = np.array([0.1, 0.2]), np.array([1.3, 2.6])
    programs = Programs(double, cut_off=truncated)
    zeros = recorded(truncated, small)
    other = programs.diagnose(test_a=zeros, test_b=recorded(np.negative, large, name="g"))
    assert other.misconceptions == {"test_a": "cut_off"}
    run = recorded(np.negative, large, name="g", operation="run")  # which may call f as well
    assert programs.diagnose(test_a=zeros, test_b=run).misconceptions == {}


def test_an_exception_of_another_type_is_another_mistake():
    def theirs(x):
        if x == 0:
            raise OverflowError("too large")
        return 1 / x

    programs = Programs(lambda x: 0.0 if x == 0 else 1 / x, not_caught=inverse)
    assert programs.diagnose(test_a=recorded(theirs, 0.0, 2.0)).misconceptions == {}


def in_place(x):
    x *= 2
    return x


def test_a_modified_argument_is_a_difference():
    programs = Programs(double, overwrites=in_place)
    found = programs.diagnose(test_a=recorded(in_place, np.ones(3)))
    assert found.misconceptions == {"test_a": "overwrites"}


def test_what_modifies_nothing_is_not_recognised_as_what_does():
    programs = Programs(double, overwrites=in_place)
    assert programs.diagnose(test_a=recorded(double, np.ones(3))).misconceptions == {}


def single(x):
    return (2 * x).astype("float32")


def test_a_dtype_is_a_difference_where_everything_else_is_equal():
    programs = Programs(double, rounded=single)
    found = programs.diagnose(test_a=recorded(single, np.ones(3)))
    assert found.misconceptions == {"test_a": "rounded"}


def test_a_dtype_does_not_hide_a_mistake_in_the_values():
    programs = Programs(double, squared=square)
    theirs = recorded(lambda x: (x * x).astype("float32"), np.arange(4.0))
    assert programs.diagnose(test_a=theirs).misconceptions == {"test_a": "squared"}


def test_values_alone_do_not_name_what_differs_in_dtype_only():
    programs = Programs(double, rounded=single)
    theirs = recorded(lambda x: (2 * x).astype("float16"), np.ones(3))
    assert programs.diagnose(test_a=theirs).misconceptions == {}


def test_calls_that_never_ended_are_not_made_again():
    endings = [
        TimedOut(2, waiting=False),
        Crashed("SIGSEGV"),
        OutOfMemory(100),
        TooLarge(None),
    ]
    for end in endings:
        programs = Programs(double, squared=square)
        call = FunctionCall("call", "f", (3.0,), {})
        calls = [*recorded(square, 5.0), RecordedCall(call, end)]
        assert programs.diagnose(test_a=calls) == Diagnosis({})
        assert programs.replayed == []


def test_what_differs_in_a_small_call_is_not_asked_about_a_large_one():
    programs = Programs(double, squared=square, tripled=triple)
    large, small = np.arange(1000.0), np.arange(5.0)
    calls = recorded(triple, large, small)
    assert programs.diagnose(test_a=calls).misconceptions == {"test_a": "tripled"}
    assert programs.replayed.count("squared") == 1


def test_what_shows_in_memory_alone_is_named_by_it():
    """Values and operations are those of the reference."""

    def holding(megabytes):
        return Returned(
            np.array([2.0, 4.0]), seen=TrafficRecord(operations=9, peak_bytes=megabytes << 20)
        )

    held = {REFERENCE: 8, "all_kept": 60, "most_kept": 25}
    call = FunctionCall("call", "f", (np.array([1.0, 2.0]),), {}, watched=True)

    def named(megabytes):
        evidence = Evidence(
            {"test_memory": [RecordedCall(call, holding(megabytes))]},
            lambda name, _call: holding(held[name]),
        )
        return diagnose(evidence, PossibleMisconceptions(["all_kept", "most_kept"])).misconceptions

    assert named(100) == {"test_memory": "all_kept"}
    assert named(15) == {"test_memory": "most_kept"}
    assert named(200) == {}


def test_a_check_without_calls_names_nothing():
    programs = Programs(double, squared=square)
    assert programs.diagnose(test_a=[]) == Diagnosis({})


def test_misconceptions_are_loaded_one_after_the_other():
    programs = Programs(double, squared=square, tripled=triple)
    programs.diagnose(test_a=recorded(square, 5.0), test_b=recorded(triple, 5.0))
    order = [name for name in programs.replayed if name != REFERENCE]
    assert order == sorted(order, key=["squared", "tripled"].index)


def test_one_number_alone_names_nothing_where_more_fails():
    # On 3 the square is three times as much: by chance.
    programs = Programs(double, squared=square)
    by_chance = {"test_a": recorded(triple, 3.0), "test_b": recorded(triple, 5.0, 6.0)}
    assert programs.diagnose(**by_chance).misconceptions == {}
    assert programs.diagnose(test_a=recorded(triple, 3.0)).misconceptions == {"test_a": "squared"}


def test_a_fact_is_told_only_where_no_misconception_is_named():
    inputs = [np.arange(1.0, 4), np.arange(1.0, 5), np.arange(1.0, 6)]
    negated = recorded(lambda x: -2 * x, *inputs)
    found = Programs(double, squared=square).diagnose(test_a=negated)
    assert found.observations["test_a"][0].id == "transform.sign"
    both = Programs(double, squared=square).diagnose(
        test_a=negated, test_b=recorded(square, np.arange(4.0))
    )
    assert list(both.observations) == ["test_a"]
    assert both.misconceptions == {"test_b": "squared"}


def test_where_a_call_raised_there_is_no_result_to_observe():
    inputs = [np.arange(1.0, 4), np.arange(1.0, 5), np.arange(1.0, 6)]

    def raises(_):
        raise ArithmeticError("not written")

    calls = [*recorded(lambda x: -2 * x, *inputs), *recorded(raises, 2.0)]
    assert Programs(double).diagnose(test_a=calls).observations == {}


def test_a_name_must_be_the_reason_for_which_the_check_fails():
    """The values of the two are the same, but the check looks at another side of the result."""
    programs = Programs(double, squared=square)
    evidence = Evidence(
        {"test_a": recorded(square, 3.0, 5.0), "test_unmodified": recorded(square, 6.0, 7.0)},
        programs,
        fails=lambda _name, check: check == "test_a",
    )
    assert diagnose(evidence, PossibleMisconceptions(["squared"])).misconceptions == {
        "test_a": "squared"
    }


def test_one_number_beside_zeros_names_nothing():
    halves = np.array([0.5, 0.5, 0.0])
    programs = Programs(lambda x: x / x.sum(), cut=lambda x: halves * (x.sum() > 0))
    x = np.array([1.0, 2.0, 3.0])
    both = programs.diagnose(
        test_a=recorded(lambda _: halves, x), test_b=recorded(lambda x: x + 1, x)
    )
    assert both.misconceptions == {}


def test_no_value_is_observed_where_a_check_fails_by_a_dtype():
    """A check of the dtype alone passes wrong values: they are no reason."""
    programs = Programs(double)
    calls = recorded(lambda x: np.log(double(x)), np.array([1.0, 2.0, 3.0, 5.0]))
    assert programs.diagnose(test_dtype=calls).observations != {}
    assert programs.diagnose(test_dtype=calls, formal={"test_dtype"}).observations == {}


def test_no_general_fact_is_told_where_the_exercise_has_a_sentence():
    programs = Programs(double)
    calls = recorded(np.zeros_like, np.array([1.0, 2.0, 3.0]))
    assert programs.diagnose(test_a=calls).observations != {}
    assert programs.diagnose(test_a=calls, worded={"test_a"}).observations == {}


def test_booleans_are_looked_at_as_numbers():
    def above_one(x):
        return x > 1

    programs = Programs(double, compares=above_one)
    found = programs.diagnose(
        test_a=recorded(above_one, np.arange(4.0)), test_b=recorded(triple, np.arange(4.0))
    )
    assert found.misconceptions == {}  # 1 alone
