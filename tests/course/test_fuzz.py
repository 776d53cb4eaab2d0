"""Files of a course with slips of every kind: each is read, or its author is told where."""

import random
import shutil
from pathlib import Path

import pytest
from hypothesis import settings
from support.languages import TINY

from grader.course.errors import CourseError, UnknownExerciseError
from grader.course.loading import Course
from grader.course.models import CourseIndex
from grader.course.solution_page import solution_data, solution_page
from grader.course.translations import problems
from grader.course.yaml_files import parse_yaml, validated
from grader.questions.keys import faults_of

ROUNDS = settings().max_examples
COURSES = Path(__file__).resolve().parents[1] / "courses"
FILES = [
    "tiny/exercises/course.yaml",
    "tiny/exercises/ex01_double/exercise.yaml",
    "tiny/exercises/ex02_everything/exercise.yaml",
    "tiny/exercises/ex01_double/checks.py",
    "tiny/answers/ex02_everything/key.yaml",
    "tiny/i18n/en/ex01_double.md",
    "tiny/i18n/fr/ex02_everything.md",
    "tiny/i18n/en/course.md",
    "typed/exercises/ex01_gaps/exercise.yaml",
    "typed/answers/ex01_gaps/key.yaml",
    "typed/i18n/en/ex01_gaps.md",
]
PIECES = [
    *(
        "\n",
        " ",
        "  ",
        "\t",
        ":",
        ": ",
        "-",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "&a ",
        "*a",
        "!!int ",
        "!!x ",
    ),
    *(
        "|",
        ">",
        "'",
        '"',
        "#",
        "? ",
        "<<: ",
        "---\n",
        "null",
        "true",
        "1.5",
        "9" * 5000,
        "\0",
        "\r",
    ),
    *("é", "\ud800", "\u202e", "{{n}}", "$", "`", "../", "ex99", "code", "quiz", "(", ")", "def "),
    *("[" * 300, "- " * 300, "!!timestamp ", "!!bool ", "!!set ", "!!binary ", '"\\U00110000"'),
]


def everything(course):
    """Read all that a course holds, as the commands do."""
    for lang in TINY:
        course.prose(lang)
    for exercise in course.exercises():
        _ = exercise.model, exercise.grading_hash, exercise.text_hash
        for lang in TINY:
            _ = exercise.title(lang), exercise.prose(lang), exercise.stub(lang)
        if exercise.model.kind == "code":
            _ = exercise.hidden_checks, exercise.reference_source
        else:
            _ = faults_of(exercise), problems(exercise)


@pytest.mark.parametrize("name", FILES)
def test_an_altered_file_of_a_course_is_read_or_told_of(name, tmp_path, soon):
    root = tmp_path / "course"
    course, _, path = name.partition("/")
    shutil.copytree(COURSES / course, root)
    file = root / path
    whole = file.read_text(encoding="utf-8")
    everything(Course(root))
    draw = random.Random(name)  # noqa: S311
    told = 0
    for _ in range(ROUNDS // 4):
        parts = list(whole)
        for _ in range(draw.randrange(1, 4)):
            at = draw.randrange(len(parts) + 1)
            parts[at : at + draw.choice([0, 1, 1, 6])] = [draw.choice(PIECES)]
        file.write_bytes("".join(parts).encode("utf-8", "surrogatepass"))
        try:
            with soon():
                everything(Course(root))
        except (CourseError, UnknownExerciseError) as error:
            assert str(error)  # noqa: PT017
            told += 1
    assert told


SOLUTION = """\
---
styles:
  halves:
    title: by a division
    text: >-
      It gains nothing and loses a `*`.
questions: {}
---

The key idea: **twice is $2x$**.
"""


def test_an_altered_solution_is_shown_or_told_of(tmp_path, soon):
    root = tmp_path / "course"
    shutil.copytree(COURSES / "tiny", root)
    (root / "answers/ex01_double/styles").mkdir()
    shutil.copyfile(root / "answers/ex01_double/reference.py",
                    root / "answers/ex01_double/styles/halves.py")  # fmt: skip
    draw = random.Random("solution")  # noqa: S311
    shown = told = 0
    for _ in range(ROUNDS):
        parts = list(SOLUTION)
        at = draw.randrange(len(parts) + 1)
        parts[at : at + draw.choice([0, 1, 1, 6])] = [draw.choice(PIECES)]
        text = "".join(parts).encode("utf-8", "surrogatepass")
        lang = draw.choice(["en", "fr"])
        (root / "i18n/en/ex01_double.solution.md").write_text(SOLUTION, encoding="utf-8")
        (root / f"i18n/{lang}/ex01_double.solution.md").write_bytes(text)
        exercise = Course(root).exercise("ex01")
        try:
            with soon():
                assert "## A right answer" in solution_page(exercise, "en")
                _ = solution_page(exercise, "fr"), solution_data(exercise, "fr")
                _ = problems(exercise)
            shown += 1
        except CourseError as error:
            assert str(error)  # noqa: PT017
            told += 1
    assert shown
    assert told


@pytest.mark.parametrize(
    "text",
    [
        *("[" * 100_000, "{" * 100_000, "- " * 100_000, "? " * 100_000, "a:\n" + " - " * 3000),
        *("!!bool maybe", "!!timestamp then", "!!set [a]", "!!int ''", "!!binary a", "!!float ''"),
        *("!!map a", "a: " + "9" * 5000, "\0", "!!python/name:os.system", '"\\UFFFFFFFF"', "*a"),
    ],
    ids=lambda text: repr(text[:16]),
)
def test_yaml_that_breaks_its_parser_is_told_of(text, tmp_path):
    with pytest.raises(CourseError):
        parse_yaml(text, tmp_path / "exercise.yaml")


def test_what_aliases_of_aliases_make_is_not_spelt_out(tmp_path):
    text = "x0: &x0 [a, a]\n" + "".join(
        f"x{n + 1}: &x{n + 1} [{', '.join([f'*x{n}'] * 9)}]\n" for n in range(40)
    )
    data = parse_yaml(text, tmp_path / "course.yaml")
    with pytest.raises(CourseError) as told:
        validated(CourseIndex, {"format": data["x40"]}, tmp_path / "course.yaml")
    assert len(str(told.value)) < 2000


def test_yaml_that_is_long_and_flat_is_read(tmp_path):
    text = "- [a, {b: c}]\n" * 5_000
    assert len(parse_yaml(text, tmp_path / "exercise.yaml")) == 5_000
