"""What an author is told when an exercise cannot be proved."""

import textwrap

import pytest
from support.text_blocks import block

from grader.course.languages import Translator
from grader.course.loading import Course
from grader.course.phrases import phrases
from grader.judge.validation.exercise import prove
from grader.judge.validation.problem import ValidationResult, counted

ADDED = block("""
    def double(x):
        return x + x
""")
NO_PYTHON = block("""
    def double(x:
        return 2 * x
""")

VALUES = """\
def test_one(student, reference, rng):
    x = np.round(64 * rng.normal(size=5)) / 64
    assert_close(student.double(x), reference.double(x))
"""
FOLDER = "exercises/ex01_double"
ANSWERS = "answers/ex01_double"


@pytest.fixture
def proof(court):
    """Prove ex01; return its problems apart from those of its texts, which tests do not write."""
    for spare in ("misconceptions/squared.py", "remarks/added_to_itself.py"):
        (court.root / ANSWERS / spare).unlink()

    def problems():
        found = prove(Course(court.root).exercise("ex01")).problems
        return [problem for problem in found if not problem.where.startswith("i18n/")]

    return problems


def test_a_reference_that_does_not_load_is_told_why(court, proof):
    court.exercise(
        VALUES,
        reference=NO_PYTHON,
    )
    (problem,) = proof()
    assert str(problem) == f"{ANSWERS}/reference.py: does not load: mend it"
    assert problem.said[0].startswith(
        "Line 1: the bracket `(` that is opened here is never closed."
    )


def test_a_reference_that_fails_a_check_is_told_in_a_sentence(court, proof):
    court.exercise(
        VALUES
        + block("""


            def test_two(student):
                if student.double(1) == 2:
                    fail('two')
        """)
    )
    court.write(
        "i18n/en/ex01_double.md",
        block("""
            ---
            title: x
            feedback: {two: It is two.}
            ---
            x
        """),
    )
    (problem,) = proof()
    line = f"{ANSWERS}/reference.py: the reference gets failed in test_two under seed 7"
    assert str(problem) == f"{line}: mend one of the two"
    assert problem.said == ["It is two."]


def test_what_an_exercise_builds_on_comes_before_it(court, proof):
    court.exercise(VALUES, prerequisites=["ex01", "ex07"])
    assert told(proof) == [
        f"{FOLDER}/exercise.yaml: prerequisites: {name} does not come earlier in the course: "
        "take it out, or move one of the two"
        for name in ("ex01", "ex07")
    ]


def test_a_check_that_is_not_listed_is_told_once(court, proof):
    unlisted = block("""
        def test_two(student):
            pass
    """)
    court.exercise(f"{VALUES}\n\n{unlisted}", points={"test_one": 1})
    (problem,) = map(str, proof())
    assert problem == (
        f"{FOLDER}/checks.py: test_two: is not listed in exercise.yaml: list it or delete it"
    )


def test_a_check_that_is_listed_and_not_there_is_told_once(court, proof):
    court.exercise(VALUES, points={"test_one": 1, "test_two": 1})
    (problem,) = map(str, proof())
    assert problem.startswith(f"{FOLDER}/checks.py: test_two: is listed in exercise.yaml")


def test_a_check_that_breaks_is_told_with_its_error(court, proof):
    breaking = block("""
        def test_two(student):
            student.double(1)
            1 / 0
    """)
    court.exercise(f"{VALUES}\n\n{breaking}")
    (problem,) = map(str, proof())
    assert problem == (
        f"{FOLDER}/checks.py: test_two: breaks with ZeroDivisionError: division by zero: "
        "mend the check"
    )


def test_checks_that_cannot_be_imported_are_told_by_their_place(court, proof):
    court.exercise(VALUES)
    court.write(
        f"{FOLDER}/checks.py",
        block("""
            def test_one(student):
                x = = 3
        """),
    )
    (problem,) = proof()
    assert problem.where == f"{FOLDER}/checks.py"
    assert "line 2" in str(problem.what)
    assert str(court.root) not in str(problem)


def test_the_same_problem_under_several_seeds_is_one(court, proof):
    court.exercise(VALUES, wrong={"right": court.right})
    (problem,) = map(str, proof())
    assert problem.startswith(
        f"{ANSWERS}/misconceptions/right.py: passes every check under the seeds 7, 1: "
    )


def test_float32_is_told_with_its_check_and_a_sentence(court, proof):
    court.exercise(
        VALUES.replace("np.round(64 * rng.normal(size=5)) / 64", "1e6 + rng.normal(size=5)")
    )
    court.write(
        f"{ANSWERS}/reference.py",
        block("""
            def double(x):
                return (x - 1e6) + (x - 1e6)
        """),
    )
    (problem,) = [problem for problem in proof() if "float32" in str(problem.what)]
    assert problem.where == f"{FOLDER}/checks.py: test_one"
    assert problem.seeds[0] == 7
    assert problem.said[0].startswith("The value at ")


def test_files_are_named_from_the_course_on(court, proof):
    court.exercise(
        VALUES,
        wrong={"tripled": TRIPLE},
    )
    court.write(f"{ANSWERS}/misconceptions/spare.py", "")
    (court.root / ANSWERS / "misconceptions/tripled.py").unlink()
    unlisted, missing = proof()
    assert unlisted.where == f"{ANSWERS}/misconceptions/spare.py"
    assert missing.where == f"{ANSWERS}/misconceptions/tripled.py: misconceptions"


def test_what_was_proved_is_counted_in_words(court):
    court.exercise(
        VALUES,
        wrong={"tripled": TRIPLE},
    )
    proved = list(map(str, prove(Course(court.root).exercise("ex01")).proved))
    assert "1 misconception" in proved
    assert not [part for part in proved if "remark" in part]
    two = counted(phrases("{{n}} remark", "{{n}} remarks", 2))
    assert [one.localised(Translator(lang)) for one in two for lang in ("en", "ru")] == [
        "2 remarks",
        "2 замечания",
    ]
    assert counted(phrases("{{n}} remark", "{{n}} remarks", 0)) == []


def test_a_problem_without_a_place_in_a_file_has_one_colon():
    proof = ValidationResult("ex01")
    proof.found("i18n/fr/ex01.md", "no hints", "")
    assert str(proof.problems[0]) == "i18n/fr/ex01.md: no hints"


USES = block("""
    import numpy as np


    def double(x):
        return np.multiply(2, x)
""")
EXPLAINED = block("""
    def double(x):
        # twice as much
        return 2 * x
""")
ONE_CHECK = block("""
    def test_one(student, reference):
        assert_close(student.double(3.0), 6.0)
""")
LIBRARY = f"{ANSWERS}/library"


def told(proof):
    return list(map(str, proof()))


def test_every_library_answer_must_be_reported(court, proof):
    court.exercise(ONE_CHECK, reference=EXPLAINED, allowed=[])
    assert f"{LIBRARY}: holds no answer: write those that a library would give" in told(proof)
    court.write(f"{LIBRARY}/multiply.py", USES)
    assert not [line for line in told(proof) if "library" in line or "reference" in line]
    court.exercise(ONE_CHECK, reference=EXPLAINED, allowed=["numpy.multiply"])
    (line,) = [line for line in told(proof) if "library" in line]
    assert line == (
        f"{LIBRARY}/multiply.py: is taken for one's own work: "
        "take what it uses out of allowed in exercise.yaml"
    )


def test_nothing_by_hand_may_be_reported(court, proof):
    wrong = {"tripled": USES.replace("(2,", "(3,")}
    court.exercise(ONE_CHECK, reference=EXPLAINED, wrong=wrong, allowed=[])
    court.write(f"{LIBRARY}/multiply.py", USES)
    assert (
        f"{ANSWERS}/misconceptions/tripled.py: is reported: numpy.multiply in line 5: "
        "allow it, or write it otherwise"
    ) in told(proof)


def test_a_reference_that_anybody_may_write_is_no_sign_of_a_copy(court, proof):
    court.exercise(ONE_CHECK, allowed=[])
    court.write(f"{LIBRARY}/multiply.py", USES)
    line = f"{ANSWERS}/reference.py: cannot be told from what a student may write: "
    assert line + "explain it in a comment" in told(proof)


def test_checks_that_rest_on_the_word_of_the_student_s_process_are_listed(court):
    court.exercise(
        block("""
            def test_one(student):
                assert_close(student.double(3.0), 6.0)


            def untouched(outcome):
                assert_unmodified(outcome)


            def test_two(student):
                untouched(student.double.outcome(np.ones(3)))


            def test_three(student):
                assert_close(student.double(3.0), 6.0)
        """),
        points={"test_one": 1, "test_two": 2, "test_three": {"points": 3, "on_trust": True}},
    )
    found = prove(Course(court.root).exercise("ex01"))
    assert list(map(str, found.on_trust)) == ["check test_two (2)", "check test_three (3)"]
    report = court.judge()
    assert [check.on_trust for check in report.checks] == [False, True, True]


# -- each single check --------------------------------------------------------------------------

UNABLE = {
    "looks at nothing": "student.double(x)\n",
    "compares it with itself": "got = student.double(x)\nassert_close(got, got)\n",
    "looks at the shape": "assert student.double(x).shape == x.shape\n",
    "looks for a value": "if student.double(x) is None:\n    fail('nothing')\n",
    "catches all": "student.double.outcome(x)\n",
}
HEADING = block("""
    def test_two(student, reference, rng):
        x = np.arange(1.0, 6.0)
""")


def with_second(body):
    """Return checks, the second of which has this body."""
    return f"{VALUES}\n\n{HEADING}{textwrap.indent(body, '    ')}"


@pytest.mark.parametrize("body", UNABLE.values(), ids=UNABLE)
def test_a_check_that_no_wrong_answer_fails_is_refused(court, proof, body):
    court.exercise(with_second(body))
    problems = [problem for problem in map(str, proof()) if "stub.py" not in problem]
    assert problems == [
        (
            f"{FOLDER}/checks.py: test_two: no wrong answer fails it: compare a value with "
            "assert_close, or write a misconception that fails it"
        )
    ]


def test_a_misconception_that_fails_it_is_proof_enough(court, proof):
    wrong = {
        "summed": block("""
            def double(x):
                return (2 * x).sum()
        """)
    }
    court.exercise(with_second(UNABLE["looks at the shape"]), wrong=wrong)
    assert proof() == []


ABLE = {
    "values": "assert_close(student.double(x), reference.double(x))\n",
    "a dtype": "assert_dtype(student.double(x), 'float64')\n",
    "unchanged arguments": "assert_unmodified(student.double.outcome(x))\n",
    "no NaN": "if np.isnan(student.double(x)).any():\n    fail('nan')\n",
    "the order": "if student.double(x)[0] != 2.0:\n    fail('order')\n",
    "what is not all the same": "assert np.ptp(student.double(x)) > 0\n",
}


@pytest.mark.parametrize("body", ABLE.values(), ids=ABLE)
def test_a_check_that_some_wrong_answer_fails_is_proved(court, proof, body):
    court.exercise(with_second(body))
    assert proof() == []


def test_a_check_that_breaks_on_every_wrong_answer_judges_none(court, proof):
    body = "if student.double(x)[0] != 2.0:\n    raise KeyError\n"
    court.exercise(with_second(body))
    (problem,) = map(str, proof())
    assert "no wrong answer fails it" in problem


def test_a_check_that_never_calls_the_submission_is_refused(court, proof):
    checks = block("""
        def test_two(submission):
            assert 'double' in submission.source
    """)
    court.exercise(f"{VALUES}\n\n{checks}")
    problems = [problem for problem in map(str, proof()) if "stub.py" not in problem]
    assert problems == [
        f"{FOLDER}/checks.py: test_two: never calls the submission: let it call student"
    ]


def test_a_check_that_returns_its_comparison_is_refused(court, proof):
    body = "return np.allclose(student.double(x), reference.double(x))\n"
    court.exercise(with_second(body))
    (problem,) = map(str, proof())
    assert problem == (
        f"{FOLDER}/checks.py: test_two: returns a value: compare with assert_close, which "
        "raises, or end with fail"
    )


def test_every_variant_of_a_misconception_is_proved(court, proof):
    wrong = {"squared": SQUARE}
    court.exercise(VALUES, wrong=wrong)
    variant = f"{ANSWERS}/misconceptions/squared.plus.py"
    court.write(
        variant,
        block("""
            def double(x):
                return x * x + 1
        """),
    )
    assert proof() == []
    court.write(
        variant,
        ADDED,
    )
    (problem,) = map(str, proof())
    assert problem.startswith(f"{variant}: passes every check")


SQUARE = block("""
    def double(x):
        return x * x
""")
ON_THREE = """\
def test_one(student, reference):
    assert_close(student.double(3.0), 6.0)


def test_two(student, reference):
    assert_close(student.double(4.0), 8.0)
"""
TRIPLE = block("""
    def double(x):
        return 3 * x
""")


def test_misconceptions_that_nothing_tells_apart_are_refused(court, proof):
    wrong = {"squared": SQUARE, "tripled": TRIPLE}
    court.exercise(ON_THREE.partition("\n\n\n")[0], wrong=wrong)
    told = list(map(str, proof()))
    assert told[0].startswith(
        f"{ANSWERS}/misconceptions/squared.py: is not recognised under the seeds"
    )
    assert told[1] == (
        f"{ANSWERS}/misconceptions/squared.py: cannot be told from tripled in test_one under the "
        "seeds 7, 1: add a call that tells them apart, or list them in alike"
    )


def test_a_sentence_for_several_is_proved_by_an_answer_of_its_own(court, proof):
    wrong = {"squared": SQUARE, "tripled": TRIPLE}
    common = [{"id": "square_or_triple", "of": ["squared", "tripled"]}]
    court.exercise(ON_THREE, wrong=wrong, alike=common)
    (problem,) = map(str, proof())
    file = f"{ANSWERS}/alike/square_or_triple.py"
    assert problem.startswith(f"{file}: alike: there is no such file")
    court.write(file, SQUARE)
    (problem,) = map(str, proof())
    assert problem.startswith(f"{file}: is recognised as squared under the seeds 7, 1")
    both = ON_THREE + block("""


        def test_three(student):
            assert_close(student.double(3.0), 6.0)
    """)
    court.exercise(both.replace("4.0), 8.0", "0.0), 0.0"), wrong=wrong, alike=common)
    court.write(file, SQUARE)
    assert proof() == []


# -- styles ---------------------------------------------------------------------------------------

STYLES = f"{ANSWERS}/styles"


def test_a_style_must_be_right_wherever_the_reference_is(court, proof):
    court.exercise(
        VALUES,
        wrong={"tripled": TRIPLE},
    )
    court.write(
        f"{STYLES}/large.py",
        block("""
            def double(x):
                return 2 * x + (x[0] > 1)
        """),
    )
    court.write(
        f"{STYLES}/added.py",
        ADDED,
    )
    (problem,) = proof()
    assert problem.where == f"{STYLES}/large.py"
    assert str(problem.what) == "loses points"
    assert problem.seeds
    assert problem.said


def test_a_style_that_does_not_load_is_told_why(court, proof):
    court.exercise(
        VALUES,
        wrong={"tripled": TRIPLE},
    )
    court.write(
        f"{STYLES}/broken.py",
        NO_PYTHON,
    )
    (problem,) = proof()
    assert str(problem.what) == "loses points"
    assert problem.said[0].startswith("Line 1: the bracket `(`")


@pytest.mark.parametrize(
    ("source", "same"),
    [
        (
            block("""
                \"""Twice.\"""


                def double(y):
                    # other words
                    return 2 * y
            """),
            True,
        ),
        (
            block("""
                def double(x):
                    return x * 2
            """),
            False,
        ),
        (
            block("""
                def double(x):
                    y = 2 * x
                    return y
            """),
            False,
        ),
        (
            block("""
                def double(abs):
                    return 2 * abs
            """),
            True,
        ),
    ],
)
def test_a_style_is_another_program_not_other_names(court, proof, source, same):
    court.exercise(
        VALUES,
        wrong={"tripled": TRIPLE},
    )
    court.write(
        f"{ANSWERS}/reference.py",
        block("""
            def double(x):
                return 2 * x
        """),
    )
    court.write(f"{STYLES}/other.py", source)
    found = [f"{problem.where}: {problem.what}" for problem in proof()]
    told = [f"{STYLES}/other.py: is the same program as reference.py"]
    assert found == (told if same else [])


def test_two_styles_are_two_programs(court, proof):
    court.exercise(
        VALUES,
        wrong={"tripled": TRIPLE},
    )
    court.write(
        f"{STYLES}/one.py",
        ADDED,
    )
    court.write(
        f"{STYLES}/two.py",
        block("""
            def double(z):
                return z + z
        """),
    )
    (problem,) = proof()
    assert str(problem.what) == "is the same program as styles/one.py"


def test_a_style_uses_only_what_a_student_may(court, proof):
    court.exercise(ONE_CHECK, reference=EXPLAINED, wrong={"tripled": TRIPLE}, allowed=[])
    court.write(f"{ANSWERS}/library/multiply.py", USES)
    court.write(f"{STYLES}/library.py", USES.replace("np.multiply(2, x)", "np.add(x, x)"))
    lines = [line for line in told(proof) if line.startswith(STYLES)]
    assert [line for line in lines if "is reported: numpy.add in line 5" in line], lines


BLANK = block("""
    def double(x):
        # blank: factor
        y = ...
        return x * y
""")
CHANGED = (
    f"{ANSWERS}/reference.py: changes the given part, `return x * y`: "
    "let it stand as in stub.py, or mark it as a blank there"
)


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        (
            block("""
                def double(x):
                    y = 2
                    return x * y
            """),
            [],
        ),
        (
            block("""
                def double(x):
                    y = 2
                    return y * x
            """),
            [
                CHANGED,
            ],
        ),
        (
            block("""
                def double(x):
                    y = ...
                    return x * y if y is not ... else 2 * x
            """),
            [
                f"{ANSWERS}/reference.py: the blank of line 2 is left: fill it in",
                CHANGED,
            ],
        ),
    ],
)
def test_a_right_answer_differs_from_a_stub_with_blanks_in_these_alone(
    court, proof, reference, found
):
    court.exercise(VALUES, reference=reference)
    court.write(f"{FOLDER}/stub.py", BLANK)
    assert told(proof) == found


def test_a_blank_without_a_statement_is_told(court, proof):
    court.exercise(
        VALUES,
        reference=block("""
            def double(x):
                y = 2
                return x * y
        """),
    )
    court.write(f"{FOLDER}/stub.py", f"{BLANK}    # blank: nothing\n")
    (problem,) = told(proof)
    assert problem == (
        f"{FOLDER}/stub.py: a blank is marked above no statement of its own: "
        "let `# blank` stand above the statement that is to be written"
    )


HELD_AGAINST_A_BAR = """\
from grader import assert_at_most


def test_one(student, rng):
    x = float(rng.uniform(3, 4))
    assert_at_most(abs(student.double(x) - 2 * x), 1.0, "off")
"""
LOOKED_AT_ALONE = """\
def test_one(student, rng):
    if student.double(3.0) != 6.0:
        fail("off")
"""


@pytest.mark.parametrize(("checks", "found"), [(HELD_AGAINST_A_BAR, 0), (LOOKED_AT_ALONE, 1)])
def test_a_value_is_compared_or_held_against_a_bar(court, proof, checks, found):
    court.exercise(
        checks,
        wrong={
            "squared": block("""
                def double(x):
                    return x**2
            """)
        },
    )
    told = [str(problem) for problem in proof()]
    assert len([one for one in told if "no check compares a value" in one]) == found
