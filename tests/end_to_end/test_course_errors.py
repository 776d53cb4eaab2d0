"""A broken course is never the student's fault: file and field are named, and nothing is a zero."""

import json
import shutil
from pathlib import Path

import pytest
from support.text_blocks import block

TINY = Path(__file__).resolve().parents[1] / "courses" / "tiny"
RIGHT = block("""
    def double(x):
        return 2 * x
""")
ANSWERS = block("""
    smallest: one
    even: [two, four]
    growing: [small, medium, large]
    half: 1/4
""")
NOT_YOU = {
    "en": "The course is broken, not your answer.",
    "fr": "C'est le cours qui est défectueux, pas votre réponse.",
    "ru": "Неисправен курс, а не ваш ответ.",
}
NO_ZERO = {"en": "does not count as zero", "fr": "ne compte pas", "ru": "ноль за неё не ставится"}
MARK = {"fr": "en cours de révision", "ru": "перевод"}


class Course:
    """A copy of the tiny course, to be broken, and commands on it."""

    def __init__(self, grader):
        self.grader = grader
        self.root = grader.folder / "course"
        shutil.copytree(TINY, self.root)
        grader.write("ex01.py", RIGHT)
        grader.write("ex02.yaml", ANSWERS)

    def replace(self, name, old, new):
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def run(self, *arguments, lang="en"):
        return self.grader.run(*arguments, "--course", self.root, "--lang", lang)

    def grade(self, exercise, *options, lang="en"):
        name = "ex01.py" if exercise == "ex01" else "ex02.yaml"
        done = self.run("grade", exercise, name, *options, lang=lang)
        assert "Traceback" not in done.stdout + done.stderr
        return done


@pytest.fixture
def course(grader):
    return Course(grader)


# -- exercise.yaml, course.yaml -----------------------------------------------------------------

EXERCISE = "exercises/ex01_double/exercise.yaml"
BROKEN = {
    "no YAML": ("format: 1", "format: [1", "line "),
    "a key twice": ("  test_array: 2", "  test_array: 2\n  test_number: 2", "line "),
    "an unknown field": ("remarks:", "remark:", "remark"),
    "a field that is missing": ("kind: code\n", "", "kind"),
    "an unknown kind": ("kind: code", "kind: essay", "kind"),
    "points that are none": ("test_array: 2", "test_array: 0", "checks.test_array"),
    "points that are a word": ("test_array: 2", "test_array: two", "checks.test_array"),
    "a name that is none": ("  double: [x]", "  'two times': [x]", "functions"),
    "another folder's name": ("slug: double", "slug: twice", "slug"),
    "another section": ("section: numbers", "section: letters", "section"),
}


@pytest.mark.parametrize(("old", "new", "field"), BROKEN.values(), ids=BROKEN)
def test_a_broken_exercise_is_named_with_its_file_and_field(course, old, new, field):
    course.replace(EXERCISE, old, new)
    done = course.run("show", "ex01")
    assert done.returncode == 3
    first, second = done.stderr.splitlines()
    assert first == NOT_YOU["en"]
    assert second.startswith(str(course.root / EXERCISE))
    assert field in second.removeprefix(str(course.root))


@pytest.mark.parametrize("lang", NOT_YOU)
def test_a_broken_exercise_is_told_in_the_reader_s_language(course, lang):
    course.replace(EXERCISE, "kind: code", "kind: essay")
    done = course.grade("ex01", lang=lang)
    assert done.returncode == 3
    assert NOT_YOU[lang] in done.stderr
    assert str(course.root / EXERCISE) in done.stderr


def test_one_broken_exercise_does_not_keep_anybody_from_the_others(course):
    course.replace(EXERCISE, "kind: code", "kind: essay")
    assert course.grade("ex02").returncode == 1


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("seed: 7", "seed: seven", "seed"),
        ("ex01_double", "ex01_treble", "sections[0].exercises"),
        ("languages: [en", "languages: [en, [", "line "),
    ],
)
def test_a_broken_index_is_named_with_its_field(course, old, new, field):
    course.replace("exercises/course.yaml", old, new)
    done = course.grade("ex01")
    assert done.returncode == 3
    assert f"{course.root / 'exercises' / 'course.yaml'}, {field}" in done.stderr


def test_a_folder_without_a_course_is_a_wrong_use(grader):
    done = grader.run("list", "--course", grader.folder)
    assert done.returncode == 2
    assert "course.yaml" in done.stderr


# -- checks and reference -----------------------------------------------------------------------


@pytest.mark.parametrize("lang", NO_ZERO)
def test_checks_that_are_missing_are_named_and_no_zero(course, lang):
    (course.root / "exercises/ex01_double/checks.py").unlink()
    done = course.grade("ex01", lang=lang)
    assert done.returncode == 3
    said = " ".join((done.stdout + done.stderr).split())
    assert "checks.py" in said
    assert NO_ZERO[lang] in said or NOT_YOU[lang] in said
    assert "ERROR: file or directory" not in done.stderr


def test_checks_that_are_missing_are_the_author_s_fault(course):
    (course.root / "exercises/ex01_double/checks.py").unlink()
    report = json.loads(course.grade("ex01", "--json").stdout)
    assert (report["status"], report["load"]["blame"]) == ("ungraded", "author")


@pytest.mark.parametrize("lang", NO_ZERO)
def test_checks_that_cannot_be_read_are_named_with_their_line_and_no_zero(course, lang):
    path = course.root / "exercises/ex01_double/checks.py"
    path.write_text(
        block("""
            def test_number(student):
                x = = 3
        """),
        encoding="utf-8",
    )
    done = course.grade("ex01", lang=lang)
    assert done.returncode == 3
    said = " ".join((done.stdout + done.stderr).split())
    assert "checks.py" in said
    assert {"en": "line 2", "fr": "ligne 2", "ru": "строку 2"}[lang] in said
    assert NO_ZERO[lang] in said or NOT_YOU[lang] in said


def test_a_reference_that_is_missing_is_named_to_the_teacher(course):
    (course.root / "answers/ex01_double/reference.py").unlink()
    done = course.grade("ex01", "--audience", "teacher")
    assert done.returncode == 3
    assert str(course.root / "answers/ex01_double/reference.py") in done.stderr
    assert "ungraded" in course.grade("ex01", "--json").stdout


# -- keys ---------------------------------------------------------------------------------------

KEY = "answers/ex02_everything/key.yaml"
BROKEN_KEYS = {
    "no YAML": ("questions:", "questions: ["),
    "an unknown field": ("tolerance:", "tolerances:"),
    "a tolerance that is none": ("tolerance: 0.001", "tolerance: wide"),
}


@pytest.mark.parametrize(("old", "new"), BROKEN_KEYS.values(), ids=BROKEN_KEYS)
def test_a_broken_key_is_no_zero_and_named_to_the_teacher(course, old, new):
    course.replace(KEY, old, new)
    done = course.grade("ex02", "--audience", "teacher")
    assert done.returncode == 3
    assert str(course.root / KEY) in done.stdout + done.stderr
    report = json.loads(course.grade("ex02", "--json").stdout)
    assert report["status"] == "ungraded"


@pytest.mark.parametrize("lang", NO_ZERO)
def test_a_key_that_is_missing_is_no_zero_in_any_language(course, lang):
    (course.root / KEY).unlink()
    done = course.grade("ex02", lang=lang)
    assert done.returncode == 3
    said = " ".join((done.stdout + done.stderr).split())
    assert NO_ZERO[lang] in said or NOT_YOU[lang] in said


IMPOSSIBLE = {
    "a question without a key": ("  growing:\n    answer: [small, medium, large]\n", ""),
    "a choice that is none": ("answer: one", "answer: four"),
    "choices that are none": ("answer: [two, four]", "answer: [two, five]"),
    "a number that is none": ("answer: 0.25", "answer: a quarter"),
    "a line that is none": ("answer: [4]", "answer: [400]"),
}


@pytest.mark.parametrize(("old", "new"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_a_key_that_no_answer_can_meet_is_no_zero(course, old, new):
    course.replace(KEY, old, new)
    done = course.grade("ex02", "--json")
    assert json.loads(done.stdout)["status"] == "ungraded"
    assert done.returncode == 3


# -- translations -------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", MARK)
def test_a_missing_translation_is_shown_in_english_and_marked(course, lang):
    (course.root / f"i18n/{lang}/ex01_double.md").unlink()
    done = course.run("show", "ex01", lang=lang)
    assert done.returncode == 0
    assert "which returns 2x" in done.stdout
    assert MARK[lang] in done.stdout.lower()
    assert MARK[lang] not in course.run("show", "ex02", lang=lang).stdout.lower()


@pytest.mark.parametrize("lang", MARK)
def test_a_hint_without_a_translation_is_marked_as_well(course, lang):
    (course.root / f"i18n/{lang}/ex01_double.md").unlink()
    done = course.run("hint", "ex01", lang=lang)
    assert "What is 2·3?" in done.stdout
    assert MARK[lang] in done.stdout.lower()


@pytest.mark.parametrize("lang", MARK)
def test_an_outdated_unit_is_shown_in_english_and_the_others_are_not(course, lang):
    course.replace("i18n/en/ex01_double.md", "You return the square", "This is the square")
    course.grader.write(
        "ex01.py",
        block("""
            def double(x):
                return x**2
        """),
    )
    said = course.grade("ex01", lang=lang).stdout
    assert "This is the square" in said
    assert "A number" not in said


@pytest.mark.parametrize("lang", MARK)
def test_grading_goes_on_without_a_translation(course, lang):
    (course.root / f"i18n/{lang}/ex01_double.md").unlink()
    done = course.grade("ex01", "--json", lang=lang)
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert report["checks"][0]["title"] == "A number"
    assert report["headline"]["text"] != "All right: 4 of 4 points."


def test_prose_that_is_missing_in_english_is_named_and_costs_no_points(course):
    (course.root / "i18n/en/ex01_double.md").unlink()
    done = course.run("show", "ex01")
    assert done.returncode == 3
    assert str(course.root / "i18n/en/ex01_double.md") in done.stderr
    assert course.grade("ex01").returncode == 0
