"""What an author is told of pictures that cannot be made."""

import pytest
from support.text_blocks import block

from grader.course.loading import Course
from grader.course.models import DeclaredPicture
from grader.judge.validation.exercise import prove

CHECK = """\
def test_one(student, reference, rng):
    x = np.round(64 * rng.normal(size=5)) / 64
    assert_close(student.double(x), reference.double(x))
"""
HIDDEN = """\


@hidden
def test_two(student, reference):
    assert_close(student.double(7.0), reference.double(7.0))
"""
DRAW = """\
from grader.pictures import Graph, Node, Picture


def numbers(call, got, right):
    {line}
"""
GRAPH = 'Graph(nodes=[Node(id="x", column=0, row=0, text=str(got))])'
RIGHT = f'return Picture({GRAPH}, {{"first": str(got)}})'
PROSE = block("""
    ---
    title: x
    pictures: {{numbers: {{caption: '{caption}'}}}}
    ---
    x
""")
FOLDER = "exercises/ex01_double"


@pytest.fixture
def problems(court):
    """Prove ex01 with a picture; return what is wrong with it."""
    for spare in ("misconceptions/squared.py", "remarks/added_to_itself.py"):
        (court.root / "answers/ex01_double" / spare).unlink()

    def problems(line=RIGHT, *, check="test_one", caption="x", wrong=(), source=None):
        pictures = [{"id": "numbers", "check": check}]
        court.exercise(CHECK + HIDDEN, pictures=pictures, wrong=wrong)
        court.write(f"{FOLDER}/pictures.py", source or DRAW.format(line=line))
        court.write("i18n/en/ex01_double.md", PROSE.format(caption=caption))
        found = map(str, prove(Course(court.root).exercise("ex01")).problems)
        return [
            one for one in found if "picture" in one and not one.startswith(("i18n/fr", "i18n/ru"))
        ]

    return problems


def test_a_picture_that_is_made_is_no_problem(problems):
    assert problems(caption="It begins with {{{{first}}}}.") == []


def test_a_picture_of_nothing_is_told(problems):
    (problem,) = problems("return None")
    assert problem.startswith(f"{FOLDER}/pictures.py: numbers: draws nothing of the reference")


def test_a_picture_that_raises_is_told_with_the_answer(problems):
    line = f"got.shape; {RIGHT}"
    found = problems(
        line,
        wrong={
            "squared": block("""
                def double(x):
                    return list(x)
            """)
        },
    )
    told = "cannot be drawn of misconceptions/squared.py: AttributeError"
    assert sum(told in problem for problem in found) == 1


def test_what_is_no_picture_is_told(problems):
    (problem, _) = problems("return 5")
    assert "cannot be drawn of the reference: TypeError: returns int, not a Picture" in problem


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"got.shape; {RIGHT}", "cannot be drawn of None: AttributeError"),
        (f"got[0]; {RIGHT}", "cannot be drawn of []: IndexError"),
        (f"str(got + 1); {RIGHT}", "cannot be drawn of {}: TypeError"),
    ],
)
def test_a_picture_that_bears_not_any_result_is_told(problems, line, said):
    assert sum(said in problem for problem in problems(line)) == 1


def test_a_picture_that_grows_with_a_result_is_told(problems):
    source = """\
from grader.pictures import Picture
from grader.pictures.curves import Curve, Curves


class Growing(Curves):
    everything: list[float] = []


def numbers(call, got, right):
    one = Curve(steps=0)
    return Picture(Growing(got=one, right=one, everything=[0.0] * getattr(got, "size", 1)))
"""
    (problem,) = problems(source=source)
    assert "is too large of np.full(10**6, np.inf)" in problem


@pytest.mark.parametrize(("written", "checks"), [("a", ("a",)), (["a", "b"], ("a", "b")), ([], ())])
def test_one_picture_may_be_of_several_checks(written, checks):
    assert DeclaredPicture.model_validate({"id": "x", "check": written}).check == checks


def test_a_caption_that_is_not_filled_is_told(problems):
    (problem,) = problems(caption="It ends with {{{{last}}}}.")
    assert problem.startswith(
        "i18n/en/ex01_double.md: pictures.numbers.caption: the picture has nothing for last"
    )


def test_a_check_that_is_hidden_has_no_picture(problems):
    problem, *_ = problems(check="test_two")
    assert problem.startswith(
        f"{FOLDER}/exercise.yaml: pictures[0].check: test_two is not displayed"
    )


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            block("""
                def other():
                    pass
            """),
            "numbers: is listed in exercise.yaml and is no function here",
        ),
        ("def numbers(:\n", "line 1: SyntaxError"),
        ("1 / 0\n", "ZeroDivisionError"),
    ],
)
def test_a_broken_file_is_told(problems, source, said):
    (problem,) = problems(source=source)
    assert problem.startswith(f"{FOLDER}/pictures.py")
    assert said in problem


def test_a_picture_that_breaks_costs_nobody_a_point(court):
    court.exercise(CHECK, pictures=[{"id": "numbers", "check": "test_one"}])
    court.write(f"{FOLDER}/pictures.py", DRAW.format(line="1 / 0"))
    wrong = block("""
        def double(x):
            return 3 * x
    """)
    report = court.judge(wrong)
    assert report.status == "graded"
    assert [check.picture for check in report.checks] == [None]
    assert report.run.faults == ["pictures.numbers: ZeroDivisionError: division by zero"]
    assert court.judge(pictures=True).reached == report.maximum
