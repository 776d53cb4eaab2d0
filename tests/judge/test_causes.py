"""A mistake that was recognised takes in the checks that it fails as well."""

import pytest
from support import samples
from support.samples import check, message
from support.text_blocks import block

from grader.judge.checking.causes import gathered
from grader.report.consistency import contradiction

WRONG = message("compare.value", got=1, expected=2, error=1, allowed=0)
NAMED = message("exercise.swapped")


def raised(line):
    return message("call.raised", function="f", type="TypeError", detail="no", line=line)


def named(name, *more, status="failed", **fields):
    return check(name, status, misconception="swapped", feedback=[NAMED, *more], **fields)


def checks_of(*checks, fails=()):
    causes = gathered(samples.report(*checks), lambda _, check: check in fails)
    return [(cause.kind, cause.checks) for cause in causes]


def test_it_takes_in_what_it_fails():
    assert checks_of(
        check("test_a", "failed", feedback=[WRONG]),
        named("test_b"),
        check("test_c", "failed", feedback=[WRONG]),
        check("test_d", "failed", feedback=[WRONG]),
        fails={"test_a", "test_d"},
    ) == [("misconception", ["test_b", "test_a", "test_d"]), ("finding", ["test_c"])]


def test_another_exception_stays_a_cause_of_its_own():
    assert checks_of(
        named("test_a", raised(3), status="error"),
        check("test_b", "error", feedback=[raised(3)]),
        check("test_c", "error", feedback=[raised(9)]),
        fails={"test_b", "test_c"},
    ) == [("misconception", ["test_a", "test_b"]), ("exception", ["test_c"])]


def test_what_only_hidden_checks_tell_takes_in_nothing():
    assert checks_of(
        named("test_a", visibility="hidden"),
        check("test_b", "failed", feedback=[WRONG]),
        fails={"test_b"},
    ) == [("misconception", ["test_a"]), ("finding", ["test_b"])]


def test_it_is_told_where_it_was_recognised():
    (cause,) = gathered(
        samples.report(check("test_a", "failed", feedback=[WRONG]), named("test_b")),
        lambda *_: True,
    )
    assert cause.told_at == "test_b"


FORGOTTEN = block("""
    def double(x):
        return x
""")
CHECKS = """
def test_one(student):
    assert_close([student.double(3.0), student.double(5.0)], [6.0, 10.0])


def test_two(student):
    student.double(0.5)
    assert_close(student.double(1.0), 2.0)
"""


@pytest.mark.parametrize("variant", [False, True])
def test_the_judge_asks_what_a_mistake_fails(court, variant):
    """At the second check one call is like no mistake: it is recognised at the first alone."""
    other = block("""
        def double(x):
            return x if x < 2.0 else 0.0
    """)
    court.exercise(CHECKS, wrong={"forgotten": other if variant else FORGOTTEN})
    if variant:
        court.write("answers/ex01_double/misconceptions/forgotten.two.py", FORGOTTEN)
    report = court.judge(
        block("""
            def double(x):
                return x if x > 0.9 else 0.6
        """)
    )
    by_id = {one.id: one for one in report.checks}
    assert by_id["test_one"].misconception == "forgotten"
    assert by_id["test_two"].misconception is None
    (cause,) = report.causes
    assert (cause.kind, cause.checks) == ("misconception", ["test_one", "test_two"])


HIDING = """
def test_shown(student):
    assert_close(student.double(3.0), 6.0)


@hidden
def test_secret(student):
    assert_close(student.double(-3.0), -6.0)
"""


@pytest.mark.parametrize(
    ("source", "headline"),
    [
        (
            block("""
                def double(x):
                    return abs(2 * x)
            """),
            "headline.hidden",
        ),
        (
            block("""
                def double(x):
                    return -abs(2 * x)
            """),
            "headline.some",
        ),
        (
            block("""
                def double(x):
                    return 2 * x
            """),
            "headline.all",
        ),
    ],
)
def test_hidden_checks_alone_have_a_headline_of_their_own(court, source, headline):
    court.exercise(HIDING)
    report = court.judge(source)
    assert report.headline.id == headline
    assert contradiction(report) is None


def test_a_right_answer_is_asked_nothing(court, monkeypatch):
    court.exercise(CHECKS, wrong={"forgotten": FORGOTTEN})
    monkeypatch.setattr("grader.judge.checking.evaluation.Evaluation.would_fail", None)
    assert court.judge().causes == []
