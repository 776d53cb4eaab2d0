"""The judge of an exercise: faults of the course, what stays hidden, what a report says."""

import json

import pytest
from support.text_blocks import block

from grader.cli.grade_and_show import grade_file
from grader.course.errors import CourseError
from grader.course.loading import Course
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Options
from grader.report.audience import for_audience
from grader.wire.levels import KERNEL, OWN_CODE_ONLY

DOUBLE = block("""
    def double(x):
        return 2 * x
""")
SQUARED = block("""
    def double(x):
        return x**2
""")
ONE = block("""
    def test_one(student):
        assert_close(student.double(3.0), 6.0)
""")
ONE_ARRAY = block("""
    def test_one(student, reference, rng):
        x = rng.normal(size=4) + 5
        assert_close(student.double(x), reference.double(x))
""")
FIVE = block("""
    def double(x):
        return 5
""")


def ids(messages):
    return [message.id for message in messages]


# -- checks.py and exercise.yaml disagree -------------------------------------------------------


def test_a_check_that_is_listed_and_not_written_is_no_pass(court):
    court.exercise(ONE, points={"test_one": 1, "test_ghost": 2})
    report = court.judge()
    assert report.status == "ungraded"
    ghost = report.checks[1]
    assert (ghost.id, ghost.status, ghost.blame, ghost.reached) == (
        "test_ghost",
        "error",
        "author",
        0,
    )
    assert any("test_ghost" in fault for fault in report.run.faults)


def test_a_check_that_is_written_and_not_listed_earns_nothing_and_is_told(court):
    court.exercise(ONE + "\n\n" + ONE.replace("one", "spare"), points={"test_one": 1})
    report = court.judge()
    assert [check.id for check in report.checks] == ["test_one"]
    assert (report.reached, report.maximum) == (1, 1)
    assert any("test_spare" in fault for fault in report.run.faults)


def test_points_that_disagree_are_told_and_exercise_yaml_counts(court):
    court.exercise(f"@points(5)\n{ONE}", points={"test_one": 2})
    report = court.judge()
    assert (report.reached, report.maximum) == (2, 2)
    assert any("@points(5)" in fault for fault in report.run.faults)
    court.exercise(f"@points(2)\n{ONE}", points={"test_one": 2})
    assert court.judge().run.faults == []


def test_a_need_for_what_is_no_check_is_told(court):
    court.exercise(f"@needs('test_nothing')\n{ONE}")
    report = court.judge()
    assert report.reached == 0
    assert any("test_nothing" in fault for fault in report.run.faults)


BROKEN_FILES = {
    "a syntax error": block("""
        def test_one(student:
            pass
    """),
    "an import of nothing": block("""
        import no_such_module


        def test_one(student):
            pass
    """),
    "an error at the top": block("""
        1 / 0


        def test_one(student):
            pass
    """),
    "an exit at the top": block("""
        raise SystemExit(0)


        def test_one(student):
            pass
    """),
    "a skip at the top": (
        block("""
            import pytest
            pytest.skip('x', allow_module_level=True)


            def test_one(student):
                pass
        """)
    ),
    "no check at all": "\n",
}


def never_graded(exercise, path):
    """Judge as the command does; what the author must mend may come as an error of the course."""
    try:
        report = grade_file(exercise, path, Options())
    except CourseError as error:
        named = error.file.name
        report = None
    if report is None:
        assert named == "checks.py"
        return
    assert report.status == "ungraded"
    assert not report.passed
    assert all(check.status != "passed" for check in report.checks)


@pytest.mark.parametrize("checks", BROKEN_FILES.values(), ids=BROKEN_FILES)
def test_checks_that_cannot_be_collected_are_never_a_pass_or_a_zero(court, checks):
    court.exercise(checks, points={"test_one": 1})
    never_graded(Course(court.root).exercise("ex01"), court.write("ex01.py", DOUBLE))


def test_checks_that_are_not_there_are_never_a_pass_or_a_zero(court):
    (court.root / "exercises" / "ex01_double" / "checks.py").unlink()
    never_graded(Course(court.root).exercise("ex01"), court.write("ex01.py", DOUBLE))


def test_a_misconception_that_is_not_there_is_the_author_s_fault(court, grader):
    court.exercise(ONE, misconceptions=["ghost"])
    assert court.judge().passed
    grader.write(
        "ex01.py",
        FIVE,
    )
    done = grader.run("grade", "ex01", "ex01.py", "--course", court.root)
    assert done.returncode == 3
    assert "ghost.py" in done.stdout + done.stderr
    assert "INTERNALERROR" not in done.stderr
    assert "Traceback" not in done.stderr


# -- what is said -------------------------------------------------------------------------------


def test_a_known_mistake_is_named_with_its_own_sentence_first(court):
    report = court.judge(SQUARED)
    check = report.checks[0]
    assert check.misconception == "squared"
    assert check.feedback[0].id == "exercise.squared"
    assert check.feedback[0].text.startswith("You return the square")
    assert check.feedback[1].id == "compare.value"


def test_a_general_fact_is_told_where_no_mistake_is_known(court):
    court.exercise(
        block("""
            def test_one(student, reference, rng):
                for n in (3, 4, 5):
                    x = rng.normal(size=n)
                    got = student.double(x)
                    if n == 5:
                        assert_close(got, reference.double(x))
        """)
    )
    check = court.checks(
        block("""
            def double(x):
                return -2 * x
        """)
    )["test_one"]
    assert ids(check.feedback) == ["transform.sign", "compare.values"]


def test_a_remark_costs_nothing_and_comes_only_with_a_pass(court):
    source = block("""
        def double(x):
            return x + x
    """)
    report = court.judge(source)
    assert report.passed
    assert ids(report.checks[0].remarks) == ["exercise.added_to_itself"]
    assert report.checks[0].remarks[0].text.startswith("Right")
    for wrong in (
        DOUBLE,
        block("""
            def double(x):
                x + x
                return 5
        """),
    ):
        assert all(check.remarks == [] for check in court.judge(wrong).checks)


def test_the_exercise_s_own_sentence_carries_its_arguments(court):
    court.exercise(
        block("""
            def test_one(student):
                student.double(1)
                fail('own', n=3, name='W')
        """)
    )
    check = court.checks()["test_one"]
    assert (check.status, check.blame) == ("failed", "student")
    assert check.feedback[0].id == "exercise.own"
    assert check.feedback[0].args == {"n": 3, "name": "W"}


USES = block("""
    import numpy as np


    def double(x):
        return np.multiply(2, x)
""")
TWO = ONE + "\n\n" + ONE.replace("one", "two")
THREE = TWO + "\n\n@hidden\n" + ONE.replace("one", "three")
NOTHING = {"allowed": []}
PLAIN_NOTEBOOK = json.dumps(
    {"cells": [{"cell_type": "code", "source": text} for text in ("import numpy as np", USES)]}
)


@pytest.mark.parametrize(
    "fields", [NOTHING, {"forbidden": ["numpy.multiply"]}], ids=["allowed", "forbidden"]
)
def test_all_points_wait_where_the_work_may_not_be_one_s_own(court, fields):
    court.exercise(THREE, **fields)
    report = court.judge(USES)
    assert (report.status, report.reached, report.waiting) == ("needs_review", 0, 3)
    assert {check.status for check in report.checks} == {"needs_review"}
    one, two, three = report.checks
    assert ids(one.feedback) == ["static.forbidden", "static.own"]
    assert one.feedback[0].args == {"name": "numpy.multiply", "line": 5}
    assert ids(two.feedback) == ids(three.feedback) == ["static.waits"]
    assert court.judge().passed


@pytest.mark.parametrize("named", ["test_two", ["test_two"]])
def test_only_the_points_of_own_work_wait_where_an_exercise_names_them(court, named):
    court.exercise(TWO, own_implementation=named, **NOTHING)
    report = court.judge(USES)
    one, two = report.checks
    assert (report.status, report.reached, report.waiting) == ("needs_review", 1, 1)
    assert (one.status, two.status, two.reached) == ("passed", "needs_review", 0)
    assert ids(two.feedback) == ["static.forbidden", "static.own"]


def test_a_student_is_told_where_it_can_be_read(court):
    court.exercise(THREE.replace("def test_one", "@hidden\ndef test_one"), **NOTHING)
    told = {check.id: ids(check.feedback) for check in court.judge(USES).checks}
    assert told == {
        "test_two": ["static.forbidden", "static.own"],
        "test_one": ["static.waits"],
        "test_three": ["static.waits"],
    }


def test_what_may_not_be_used_does_not_excuse_a_wrong_result(court):
    court.exercise(ONE, **NOTHING)
    report = court.judge(USES.replace("2, x", "3, x"))
    assert report.checks[0].status == "failed"
    assert ids(report.checks[0].feedback) == ["compare.value", "static.forbidden", "static.own"]
    assert report.waiting == 0


def test_a_place_in_a_notebook_is_told_by_its_cell(court):
    court.exercise(ONE, **NOTHING)
    (first, _) = court.judge(PLAIN_NOTEBOOK, name="ex01.ipynb").checks[0].feedback
    assert first.id == "static.forbidden_cell"
    assert first.args == {"name": "numpy.multiply", "line": 5, "cell": 2}


def test_a_flood_of_what_may_not_be_used_is_told_in_part(court):
    court.exercise(ONE, **NOTHING)
    check = court.judge(USES + "    np.multiply\n" * 300).checks[0]
    assert ids(check.feedback) == ["static.forbidden"] * 10 + ["static.more", "static.own"]
    assert check.feedback[-2].args == {"count": 301, "shown": 10}
    assert check.status == "needs_review"


def test_what_cannot_be_looked_through_needs_a_teacher_s_eye(court):
    court.exercise(TWO, **NOTHING)
    report = court.judge(
        block("""
            def double(x):
                return 2 * x


            x = [""")
        + "1," * 300_000
        + "]\n"
    )
    assert (report.status, report.reached, report.waiting) == ("needs_review", 0, 2)
    assert ids(report.checks[0].feedback) == ["static.unread"]


def test_the_sample_answer_is_told_to_a_teacher_alone_and_not_in_practice(court):
    reference = block("""
        def double(x):
            # twice as much
            return 2 * x
    """)
    court.exercise(TWO, reference=reference, **NOTHING)
    assert court.judge(reference).passed  # in practice the answers are everybody's to read
    report = court.judge("\n\n" + reference, seed=11)
    assert (report.status, report.reached, report.waiting) == ("needs_review", 0, 2)
    assert ids(report.checks[0].feedback) == ["static.reference", "static.waits"]
    for_student = for_audience(report, "student")
    assert ids(for_student.checks[0].feedback) == ["static.waits"]
    assert court.judge(reference.replace("twice as much", "2 x"), seed=11).passed


def test_a_short_answer_without_a_word_may_be_anybody_s(court):
    court.exercise(ONE, **NOTHING)
    assert court.judge(seed=11).passed


def test_the_submission_s_text_is_at_hand_for_a_check(court):
    court.exercise(
        block("""
            def test_one(student, submission, device):
                student.double(1)
                assert submission.source.startswith('def double')
                assert submission.tree.body[0].name == 'double'
                assert device == 'cpu'
        """)
    )
    assert court.judge().passed


def test_a_drive_runs_beside_the_submission(court):
    court.write(
        "exercises/ex01_double/drive.py",
        block("""
            def twice(submission, x):
                return submission.double(submission.double(x))
        """),
    )
    court.exercise(
        block("""
            def test_one(student, reference):
                assert_close(student.run('twice', 3.0), reference.run('twice', 3.0))
        """)
    )
    assert court.judge().passed
    assert court.checks(SQUARED)["test_one"].status == "failed"


def test_given_files_can_be_imported_and_read_nowhere(court):
    court.write("exercises/ex01_double/given/helper.py", "TWO = 2\n")
    court.exercise(ONE, given=["helper.py"])
    assert court.judge(
        block("""
            from helper import TWO


            def double(x):
                return TWO * x
        """)
    ).passed
    assert ids(court.judge("import checks\n" + DOUBLE).load.feedback) == ["note.import"]
    assert ids(court.judge("import reference\n" + DOUBLE).load.feedback) == ["note.import"]


# -- one submission and the next ----------------------------------------------------------------


def test_no_submission_touches_the_next(court):
    court.exercise(ONE_ARRAY)
    poison = (
        block("""
            import builtins, random, sys

            import numpy as np

            np.ndarray.__mul__ = None if False else np.ndarray.__mul__
            np.abs = np.isfinite = np.asarray = lambda *a, **k: True
            builtins.sum = builtins.len = lambda *a: 0
            sys.modules['grader'] = None
        """)
        + DOUBLE
    )
    sources = [poison, DOUBLE, SQUARED, poison, DOUBLE]
    submissions = [read_bytes(text.encode(), "ex01.py", "code") for text in sources]
    with court.open() as judge:
        reports = [one.report for one in judge.judge_all(submissions)]
    assert [report.passed for report in (reports[1], reports[2], reports[4])] == [True, False, True]
    assert reports[1].model_dump(exclude={"run"}) == reports[4].model_dump(exclude={"run"})


def test_the_order_of_submissions_does_not_matter(court):
    sources = {
        "right": DOUBLE,
        "wrong": SQUARED,
        "other": FIVE,
    }
    submissions = {n: read_bytes(s.encode(), f"{n}.py", "code") for n, s in sources.items()}
    seen = []
    for order in (["right", "wrong", "other"], ["other", "right", "wrong"]):
        with court.open() as judge:
            done = judge.judge_all([submissions[name] for name in order])
        seen.append(
            {n: one.report.model_dump(exclude={"run"}) for n, one in zip(order, done, strict=True)}
        )
    assert seen[0] == seen[1]


def test_nothing_is_left_after_judging(court, scratch):
    for source in (
        DOUBLE,
        SQUARED,
        "1 / 0\n",
        block("""
            def double(x):
                import os; os._exit(1)
        """),
    ):
        court.judge(source)
        assert list(scratch.iterdir()) == []


def test_a_level_of_isolation_that_cannot_be_had_is_refused(court):
    exercise = Course(court.root).exercise("ex01")
    path = court.write("ex01.py", "print('I ran')\n" + DOUBLE)
    report = grade_file(exercise, path, Options(max_level=OWN_CODE_ONLY, required_level=KERNEL))
    assert (report.status, report.load.blame) == ("ungraded", "system")
    assert ids(report.load.feedback) == ["system.isolation"]
    assert report.load.feedback[0].args == {"level": "own-code-only", "needed": "kernel"}
    assert report.output.text == ""
