"""The call that a check shows: which one, written how, with what came back and what is right."""

import math

import numpy as np
import pytest
from support.text_blocks import block

from grader.judge.failures import Spot
from grader.judge.feedback.showing.literal import argument, result
from grader.report.localise import localise
from grader.wire.values import SeededRng, Tensor, Unsupported

DOUBLED = block("""
    def double(x):
        return 2 * x
""")
WRONG = block("""
    def double(x):
        return 3 * x
""")
TWICE_TWO = block("""
    def test_it(student):
        assert_close(student.double(2.0), 4.0)
""")
DRIVE = block("""
    def twice(submission, x):
        return submission.double(x)
""")


def same(one, other):
    return type(one) is type(other) and np.array_equal(one, other, equal_nan=True)


@pytest.mark.parametrize(
    "value",
    [
        np.array([0.1, -0.0, 1e-300, np.nan, np.inf, -np.inf]),
        np.array([[0.1, 1 / 3], [1e10, 7.0]], dtype=np.float32),
        np.array([1 / 3, 2.0], dtype=np.float16),
        np.array([[1, 2], [3, -4]]),
        np.array([1, 255], dtype=np.uint8),
        np.array([True, False]),
        np.array([1 + 2j]),
        np.array(2.5),
        np.zeros((0, 3)),
        np.zeros((2, 0), dtype=np.float32),
        np.float32(0.1),
        np.float64(1 / 3),
        1 / 3,
        math.inf,
        7,
        True,
        None,
        "a'b",
        [1, 2.5],
        (1,),
        (1, 2),
        {"W": 1.5, 3: [0.25]},
    ],
    ids=repr,
)
def test_python_that_is_shown_makes_the_very_value(value):
    made = eval(argument(value).line, {"np": np})  # noqa: S307
    if isinstance(value, np.ndarray | np.generic):
        assert (made.dtype, made.shape) == (value.dtype, value.shape)
        assert np.array_equal(made, value, equal_nan=True)
        assert np.array_equal(np.signbit(made.real), np.signbit(value.real))
    else:
        assert (type(made), made) == (type(value), value)


def test_a_tensor_says_its_dtype_device_and_gradient():
    tensor = Tensor(np.array([0.1, 2.0], dtype=np.float32), "float32", "cuda:0", requires_grad=True)
    assert argument(tensor).code == (
        "torch.tensor([0.1, 2.0], dtype=torch.float32, device='cuda:0', requires_grad=True)"
    )


def test_a_generator_is_made_from_its_seed():
    assert argument(SeededRng(17)).code == "np.random.default_rng(17)"


def test_of_a_large_array_the_row_that_matters_is_written():
    x = np.arange(240.0).reshape(40, 6)
    written = argument(x, (3, 2))
    assert written.shortened
    assert written.line == (
        "np.array([[18.0, 19.0, 20.0, 21.0, 22.0, 23.0]])  # [3:4], shape (40, 6)"
    )


def test_of_a_large_array_in_a_dict_its_own_row_and_the_note_last():
    params = {"W": np.arange(240.0).reshape(40, 6), "b": np.arange(2.0)}
    written = argument(params, (3, 2), ("W",))
    made = eval(written.line, {"np": np})  # noqa: S307
    assert np.array_equal(made["W"], params["W"][3:4])
    assert np.array_equal(made["b"], params["b"])
    assert written.line.endswith("# 'W': [3:4], shape (40, 6)")
    other = argument(params, (3, 2), ("b",))
    assert np.array_equal(eval(other.code, {"np": np})["W"], params["W"][:1])  # noqa: S307


def test_a_function_that_says_nothing_of_itself_is_python_all_the_same():
    written = argument(lambda v: v)
    assert (eval(written.line), written.shortened) == (..., True)  # noqa: S307


def test_of_a_large_result_the_entry_that_matters_is_written():
    written = result(np.arange(100.0), (50,))
    assert (written.code, written.shortened) == ("[…, 48.0, 49.0, 50.0, 51.0, 52.0, …]", True)


@pytest.mark.parametrize(
    ("kind", "shown"),
    [("ndarray of dtype object", "<ndarray dtype=object>"), ("Value", "<Value>")],
)
def test_what_cannot_be_written_is_named_in_no_language(kind, shown):
    assert result(Unsupported(kind)).code == shown


def test_a_part_is_named_as_python_names_it():
    assert Spot(("W1",), (3, 2)).name == "W1"
    assert Spot(("layers", 1)).name == "layers[1]"
    assert Spot((0,)).name == "[0]"
    assert Spot(("two words",)).name == "['two words']"


# -- checks -----------------------------------------------------------------------------------


def test_the_call_that_the_check_stumbled_on_is_shown(court):
    court.exercise(
        block("""
            def test_it(student, reference):
                xs = [np.zeros(2), np.array([1.0, 2.0]), np.array([5.0, 6.0])]
                got = [student.double(x) for x in xs]
                for one, x in zip(got, xs):
                    assert_close(one, reference.double(x))
        """)
    )
    call = court.checks(WRONG)["test_it"].call
    assert [(each.name, each.code) for each in call.arguments] == [("x", "np.array([1.0, 2.0])")]
    assert (call.function, call.program, call.entry) == ("double", ["double(x)"], "[1]")
    assert (call.got, call.expected, call.shortened) == ("[3.0, 6.0]", "[2.0, 4.0]", False)


def test_a_passed_check_shows_no_call(court):
    court.exercise(TWICE_TWO)
    assert court.checks(DOUBLED)["test_it"].call is None


def test_a_call_that_raises_is_shown_with_what_is_right(court):
    court.exercise(TWICE_TWO)
    call = court.checks(
        block("""
            def double(x):
                raise ValueError(x)
        """)
    )["test_it"].call
    assert (call.arguments[0].code, call.got, call.expected) == ("2.0", "", "4.0")


def test_of_several_calls_the_one_that_raises_is_shown(court):
    court.exercise(
        block("""
            def test_it(student):
                got = [student.double(x) for x in (2.0, 3.0, -1.0)]
                assert_close(got, [4.0, 6.0, -2.0])
        """)
    )
    source = block("""
        def double(x):
            assert x > 0
            return 3 * x
    """)
    call = court.checks(source)["test_it"].call
    assert (call.arguments[0].code, call.got, call.expected) == ("-1.0", "", "-2.0")


def test_a_call_that_does_not_end_is_shown(court):
    checks = block("""
        def test_it(student):
            student.double(1.0)
            student.double(9.0)
    """)
    court.exercise(checks, limits={"cpu_seconds": 0.3})
    source = block("""
        def double(x):
            while x > 5:
                pass
            return 2 * x
    """)
    check = court.checks(source)["test_it"]
    assert (check.status, check.call.arguments[0].code) == ("timeout", "9.0")


def test_of_a_modified_argument_both_values_are_shown(court):
    court.exercise(
        block("""
            def test_it(student):
                assert_unmodified(*[student.double.outcome(np.ones(n)) for n in (1, 2)])
        """)
    )
    source = block("""
        def double(x):
            if x.size > 1:
                x *= 2
            return x
    """)
    call = court.checks(source)["test_it"].call
    assert (call.entry, call.got, call.expected) == ("x", "[2.0, 2.0]", "[1.0, 1.0]")


def test_of_a_wrong_dtype_its_own_call_is_shown(court):
    court.exercise(
        block("""
            def test_it(student):
                for dtype in ('float64', 'float32'):
                    assert_dtype(student.double(np.ones(2, dtype)), dtype)
        """)
    )
    source = block("""
        import numpy as np
        def double(x):
            return 2 * x.astype(np.float64)
    """)
    call = court.checks(source)["test_it"].call
    assert call.arguments[0].code == "np.array([1.0, 1.0], dtype=np.float32)"


def test_an_argument_beyond_those_of_the_task_stands_in_the_call(court):
    court.exercise(
        block("""
            def test_it(student):
                assert_close(student.double(2.0, 0.5), 4.0)
        """)
    )
    call = court.checks(
        block("""
            def double(x, h=0):
                return x
        """)
    )["test_it"].call
    assert call.program == ["double(x, 0.5)"]


def test_an_author_s_sentence_comes_with_a_call_that_differs_from_the_reference(court):
    court.exercise(
        block("""
            def test_it(student):
                got = [student.double(x) for x in (1.0, 2.0, 3.0)]
                if got != [2.0, 4.0, 6.0]:
                    fail('wrong')
        """)
    )
    source = block("""
        def double(x):
            return 2 * x if x < 3 else 0
    """)
    assert court.checks(source)["test_it"].call.arguments[0].code == "3.0"


def test_a_program_that_breaks_costs_nobody_anything(court):
    court.exercise(
        block("""
            from grader import showing


            @showing('twice')
            def program(x):
                raise KeyError(x)


            def test_it(student):
                assert_close(student.run('twice', 2.0), 4.0)
        """)
    )
    court.write(
        "exercises/ex01_double/drive.py",
        DRIVE,
    )
    report = court.judge(WRONG)
    assert (report.status, report.checks[0].status, report.checks[0].call) == (
        "graded",
        "failed",
        None,
    )
    assert "KeyError" in report.run.faults[0]


def test_a_run_is_shown_as_the_program_that_its_author_writes(court):
    court.exercise(
        block("""
            from grader import showing


            @showing('twice', entry='{0}.value')
            def program(x):
                return [f'y = double({x})', 'z = double(y)']


            def test_it(student):
                assert_close(student.run('twice', 2.0), {'y': 4.0, 'z': 8.0})
        """)
    )
    court.write(
        "exercises/ex01_double/drive.py",
        block("""
            def twice(submission, x):
                y = submission.double(x)
                return {'y': 4.0, 'z': submission.double(y)}
        """),
    )
    check = court.checks(
        block("""
            def double(x):
                return x + 2 if x < 3 else x
        """)
    )["test_it"]
    assert check.call.program == ["y = double(2.0)", "z = double(y)"]
    assert (check.call.entry, check.call.got, check.call.expected) == ("z.value", "4.0", "8.0")
    assert check.feedback[-1].text.startswith("`z.value` is 4.0, but 8.0 is expected")


def test_why_a_run_has_no_result_is_not_shown_as_one(court):
    court.exercise(
        block("""
            from grader import fail, showing


            @showing('twice')
            def program(x):
                return [f'double({x})']


            def test_it(student):
                got = student.run('twice', 2.0)
                fail('no_number') if 'lacks' in got else assert_close(got, {'y': 4.0})
        """)
    )
    court.write(
        "exercises/ex01_double/drive.py",
        block("""
            def twice(submission, x):
                y = submission.double(x)
                return {'lacks': 'number'} if y is None else {'y': y}
        """),
    )
    call = court.checks(
        block("""
            def double(x):
                pass
        """)
    )["test_it"].call
    assert (call.program, call.got, call.expected) == (["double(2.0)"], "", "{'y': 4.0}")
    assert court.checks(WRONG)["test_it"].call.got == "6.0"


@pytest.mark.parametrize(
    ("result", "source", "shown"),
    [
        ("y", WRONG, ("6.0", "4.0")),
        (
            "y",
            block("""
                def double(x):
                    return 2 * x


                extra = 1
            """),
            ("", ""),
        ),
        ("", WRONG, ("", "")),
    ],
)
def test_of_what_a_drive_reports_only_what_the_program_gives_is_shown(court, result, source, shown):
    court.exercise(
        block(f"""
            from grader import fail, showing


            @showing('twice', result={result!r})
            def program(x):
                return [f'double({{x}})']


            def test_it(student):
                got = student.run('twice', 2.0)
                fail('it_is_wrong') if got != {{'y': 4.0, 'extra': False}} else None
        """)
    )
    court.write(
        "exercises/ex01_double/drive.py",
        block("""
            def twice(submission, x):
                return {'y': submission.double(x), 'extra': hasattr(submission, 'extra')}
        """),
    )
    call = court.checks(source)["test_it"].call
    assert (call.program, (call.got, call.expected)) == (["double(2.0)"], shown)


def test_a_run_that_no_author_writes_shows_no_call(court):
    court.exercise(
        block("""
            def test_it(student):
                assert_close(student.run('twice', 2.0), 4.0)
        """)
    )
    court.write(
        "exercises/ex01_double/drive.py",
        DRIVE,
    )
    assert court.checks(WRONG)["test_it"].call is None


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "`W[1]` is 5.0, but 2.0 is expected"),
        ("fr", "`W[1]` vaut 5.0 au lieu de 2.0"),
        ("ru", "`W[1]`"),
    ],
)
def test_an_entry_is_named_first_in_every_language(court, lang, said):
    court.exercise(
        block("""
            def test_it(student):
                assert_close(student.double(1.0), {'W': np.array([1.0, 2.0])})
        """)
    )
    source = block("""
        import numpy as np
        def double(x):
            return {'W': np.array([1.0, 5.0])}
    """)
    report = court.judge(source)
    message = localise(report, None, lang).checks[0].feedback[0]
    assert message.text.startswith(said)
    assert report.checks[0].call.entry == "W[1]"


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "a number"), ("fr", "un nombre"), ("ru", "число")],
)
def test_what_is_wanted_is_said_in_words(court, lang, words):
    court.exercise(
        block("""
            def test_it(student):
                assert_close(student.double(1.0), 2.0)
        """)
    )
    report = localise(
        court.judge(
            block("""
                def double(x):
                    return 'two'
            """)
        ),
        None,
        lang,
    )
    text = report.checks[0].feedback[0].text
    assert words in text
    assert "ndarray" not in text


# -- prints -----------------------------------------------------------------------------------

TWO = block("""
    def test_one(student):
        assert_close(student.double(1.0), 2.0)


    def test_two(student):
        assert_close(student.double(2.0), 4.0)


    @hidden
    def test_three(student):
        assert_close(student.double(3.0), 6.0)
""")


def test_prints_stand_with_the_check_that_they_belong_to(court):
    court.exercise(TWO)
    checks = court.checks(
        block("""
            import sys
            print('loading')

            def double(x):
                sys.stdout.write(f'x={x}')
                return 2 * x
        """)
    )
    assert checks["test_one"].printed.first == "x=1.0"
    assert checks["test_two"].printed.first == "x=2.0"
    assert checks["test_three"].printed is None


def test_what_prints_nothing_has_no_prints(court):
    court.exercise(TWO)
    assert {check.printed for check in court.checks(DOUBLED).values()} == {None}


def test_prints_that_fit_are_kept_in_one_piece(court):
    court.exercise(TWO)
    source = block("""
        def double(x):
            for i in range(300):
                print(i)
            return 2 * x
    """)
    printed = court.checks(source)["test_two"].printed
    assert printed.first.splitlines() == [str(i) for i in range(300)]
    assert (printed.dropped, printed.last) == (0, "")


def test_of_a_flood_the_first_and_the_last_lines_are_kept(court):
    court.exercise(TWO)
    source = block("""
        def double(x):
            for i in range(20000):
                print('é', i)
            return 2 * x
    """)
    printed = court.checks(source)["test_one"].printed
    first, last = printed.first.splitlines(), printed.last.splitlines()
    assert first == [f"é {i}" for i in range(len(first))]
    assert last == [f"é {i}" for i in range(20000 - len(last), 20000)]
    whole = sum(len(f"é {i}\n".encode()) for i in range(20000))
    assert printed.dropped + len((printed.first + printed.last).encode()) == whole


def test_prints_of_a_process_that_dies_stay_with_its_check(court):
    court.exercise(TWO)
    source = block("""
        import os
        print('loading')

        def double(x):
            print('x', x, flush=True)
            if x == 1.0:
                os._exit(3)
            return 2 * x
    """)
    checks = court.checks(source)
    assert checks["test_one"].printed.first == "x 1.0\n"
    assert checks["test_two"].printed.first == "x 2.0\n"
