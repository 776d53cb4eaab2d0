"""What explains the checks of a report: from the report alone, the first to mend first."""

import pytest
from support import samples
from support.languages import LANGUAGES
from support.samples import check, message

from grader.report.audience import for_audience
from grader.report.causes import causes_of
from grader.report.localise import localise
from grader.report.models import LoadResult, ShownArgument, ShownCall


def told(*checks, **fields):
    """Return each cause of a report as its kind, its id and its checks."""
    report = samples.report(*checks, **fields)
    return [(cause.kind, cause.id, cause.checks) for cause in causes_of(report)]


def raised(line, detail="shapes (3,4) (3,)", kind="ValueError", cell=None):
    args = {"function": "f", "type": kind, "detail": detail, "line": line}
    where = [] if cell is None else [message("where.cell", cell=cell)]
    return [message("call.raised", **args), *where]


def wrong(**args):
    return [message("compare.values", **{**samples.VALUES, **args})]


def test_a_mistake_that_was_recognised_is_one_cause():
    named = {"misconception": "axis_zero", "feedback": [message("exercise.axis_zero"), *wrong()]}
    assert told(
        check("test_a", "failed", **named),
        check("test_b"),
        check("test_c", "error", **named),
    ) == [("misconception", "axis_zero", ["test_a", "test_c"])]


def test_wrong_values_that_nothing_explains_are_one_cause():
    one = [message("compare.value", got=1, expected=2, error=1, allowed=0)]
    assert told(
        check("test_a", "failed", feedback=one),
        check("test_b", "failed", feedback=wrong(got=7)),
        check("test_c", "failed", feedback=wrong(got=8)),
    ) == [("finding", "compare.values", ["test_a", "test_b", "test_c"])]


def test_an_exception_is_one_by_its_line_its_type_and_its_words():
    assert told(
        check("test_a", "error", feedback=raised(7)),
        check("test_b", "error", feedback=raised(7, "shapes (5,2) (5,)")),
        check("test_c", "error", feedback=raised(8)),
        check("test_d", "error", feedback=raised(7, kind="TypeError")),
        check("test_e", "error", feedback=raised(7, cell=2)),
    ) == [
        ("exception", "call.raised", ["test_a", "test_b"]),
        ("exception", "call.raised", ["test_c"]),
        ("exception", "call.raised", ["test_d"]),
        ("exception", "call.raised", ["test_e"]),
    ]


def test_an_observation_is_one_whatever_the_numbers_are():
    def observed(name, **args):
        feedback = [message("observation.factor", **args)]
        return check(name, "failed", observation="factor", feedback=feedback)

    assert told(
        observed("test_a", c=5, of="classes"),
        observed("test_b", c=6, of="classes"),
        observed("test_c", c=6, of="samples"),
    ) == [
        ("observation", "factor", ["test_a", "test_b"]),
        ("observation", "factor", ["test_c"]),
    ]


def test_an_observation_of_the_exercise_is_one_whatever_it_holds_for():
    def observed(name, wrong):
        feedback = [message("exercise.some_are_right", wrong=wrong, right="y")]
        return check(name, "failed", observation="some_are_right", feedback=feedback)

    assert told(observed("test_a", "x"), observed("test_b", "x, z")) == [
        ("observation", "some_are_right", ["test_a", "test_b"]),
    ]


def test_time_and_memory_are_limits():
    late = [message("call.timeout", function="f", seconds=2.0)]
    full = [message("call.memory", function="f", megabytes=2048)]
    spent = [message("not_run.budget", seconds=10)]
    assert told(
        check("test_a", "timeout", feedback=late),
        check("test_b", "memory", feedback=full),
        check("test_c", "timeout", feedback=late),
        check("test_d", "not_run", reason="budget", feedback=spent),
    ) == [
        ("limit", "call.timeout", ["test_a", "test_c", "test_d"]),
        ("limit", "call.memory", ["test_b"]),
    ]


def test_what_was_not_run_stands_under_what_keeps_it_from_that():
    def needs(name, other):
        return check(
            name, "not_run", reason="needs", feedback=[message("not_run.needs", check=other)]
        )

    elsewhere = [message("not_run.device", device="cpu", devices="cuda")]
    assert told(
        needs("test_last", "test_middle"),
        needs("test_middle", "test_a"),
        check("test_a", "failed", feedback=wrong()),
        check("test_far", "not_run", reason="device", feedback=elsewhere),
    ) == [("finding", "compare.values", ["test_a", "test_last", "test_middle"])]


def test_a_file_that_does_not_load_comes_first():
    lacks = [message("not_run.load")]
    load = LoadResult(
        status="failed",
        blame="student",
        feedback=[message("note.raised", line=1), message("load.missing", name="g")],
    )
    assert told(
        check("test_a", "failed", feedback=wrong()),
        check("test_b", "not_run", reason="load", feedback=lacks),
        load=load,
    ) == [("load", "load.missing", ["test_b"]), ("finding", "compare.values", ["test_a"])]


def test_what_is_explained_is_mended_before_what_is_not():
    named = {"misconception": "late", "feedback": [message("exercise.late")]}
    waits = [message("static.forbidden", name="torch.softmax", line=3), message("static.own")]
    assert [
        id_
        for _, id_, _ in told(
            check("test_own", "needs_review", feedback=waits),
            check("test_a", "failed", feedback=wrong()),
            check("test_b", "failed", **named),
            check("test_c", "error", feedback=raised(7)),
        )
    ] == ["late", "call.raised", "compare.values", "static"]


def test_what_waits_for_a_teacher_is_told_where_most_is_said():
    feedback = [message("static.forbidden", name="torch.softmax", line=3), message("static.own")]
    report = samples.report(
        check("test_a", "needs_review", feedback=[message("static.waits")]),
        check("test_b", "needs_review", feedback=feedback),
    )
    (cause,) = causes_of(report)
    assert (cause.told_at, cause.checks) == ("test_b", ["test_b", "test_a"])


def call(code, *, shortened=False):
    argument = ShownArgument(name="x", code=code)
    return ShownCall(function="f", arguments=[argument], program=["f(x)"], shortened=shortened)


def test_a_cause_is_told_at_its_simplest_call():
    large = call("np.zeros((200, 300))", shortened=True)
    report = samples.report(
        check("test_a", "failed", feedback=wrong(), call=call("np.array([1.0, 2.0, 3.0])")),
        check("test_b", "failed", feedback=wrong(), call=large),
        check("test_c", "failed", feedback=wrong(), call=call("np.array([1.0])")),
    )
    (cause,) = causes_of(report)
    assert cause.checks == ["test_c", "test_a", "test_b"]


def test_the_numbers_in_a_program_count_as_well():
    program = ShownCall(function="f(x)", program=["x = np.array([1.0, 2.0, 3.0])", "f(x)"])
    report = samples.report(
        check("test_a", "failed", feedback=wrong(), call=program),
        check("test_b", "failed", feedback=wrong(), call=call("np.array([1.0, 2.0])")),
    )
    (cause,) = causes_of(report)
    assert cause.checks == ["test_b", "test_a"]


def test_questions_are_one_cause_only_where_the_same_is_said():
    def unread(text):
        return [message("quiz.number_unreadable", text=text)]

    none = [message("quiz.unanswered")]
    found = told(
        check("a", "failed", feedback=none),
        check("b", "failed", feedback=unread("one")),
        check("c", "failed", feedback=unread("two")),
        check("d", "failed", feedback=none),
    )
    assert [checks for *_, checks in found] == [["a", "d"], ["b"], ["c"]]


def hidden(name, status="failed", **fields):
    return check(name, status, visibility="hidden", **fields)


def test_hidden_checks_change_nothing_for_those_that_are_shown():
    named = {"misconception": "axis_zero", "feedback": [message("exercise.axis_zero")]}
    needs = [message("not_run.needs", check="test_h")]
    shown = [
        check("test_a", "failed", feedback=wrong(), call=call("np.array([1.0, 2.0])")),
        check("test_b", "failed", feedback=wrong()),
        check("test_c", "not_run", reason="needs", feedback=needs),
    ]
    secret = [
        hidden("test_h", **named),
        hidden("test_i", feedback=wrong()),
        hidden("test_j", "error", feedback=raised(3)),
    ]
    alone = causes_of(samples.report(*shown))
    report = samples.report(*secret, *shown)
    report.causes = causes_of(report)
    assert for_audience(report, "student").causes == alone
    known = {id_ for cause in report.causes for id_ in cause.checks}
    assert known == {one.id for one in report.checks}
    assert not [cause for cause in report.causes if cause.told_at == "test_h" and cause.checks[1:]]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("everything", [False, True])
def test_nothing_of_hidden_checks_stands_among_the_causes(printed, lang, everything):
    report = localise(samples.mixed(), None, lang)
    report.causes = causes_of(report)
    assert samples.CANARY in str(report.causes)
    student = for_audience(report, "student")
    assert samples.CANARY not in student.model_dump_json()
    assert samples.CANARY not in printed(student, everything=everything)


def test_a_cause_that_hidden_checks_tell_is_told_at_one_that_is_shown():
    report = samples.report(
        check("test_a", "failed", feedback=wrong()), hidden("test_h", feedback=wrong())
    )
    report.causes = causes_of(report)
    report.causes[0].told_at = "test_h"
    report.causes[0].checks.reverse()
    (cause,) = for_audience(report, "student").causes
    assert (cause.told_at, cause.checks) == ("test_a", ["test_a"])


def test_a_right_answer_has_none():
    assert causes_of(samples.all_right()) == []
