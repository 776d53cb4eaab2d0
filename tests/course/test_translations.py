"""Prose in three languages, and what keeps them together."""

import shutil
from pathlib import Path

import pytest
from support.languages import TINY
from support.text_blocks import block

from grader.course.errors import CourseError, UnknownTranslationUnitError
from grader.course.loading import Course
from grader.course.prose import unit_hash, units
from grader.course.root import course_root
from grader.course.translations import course_problems, mark_translation_current, problems

TYPED = Path(__file__).resolve().parents[1] / "courses" / "typed"
EN, FR, RU = (f"i18n/{lang}/ex01_double.md" for lang in TINY)


def told(breakable):
    return [
        (p.lang, p.unit, f"{p.what}: {p.advice}")
        for p in problems(breakable.course.exercise("ex01"))
    ]


@pytest.mark.parametrize("lang", TINY)
def test_each_language_is_complete(tiny, lang):
    for exercise in tiny.exercises():
        prose = exercise.prose(lang)
        assert prose.lang == lang
        assert not prose.stale
        assert prose.front.title == exercise.title(lang)
        assert units(prose).keys() == units(exercise.prose("en")).keys()


def test_the_tiny_course_has_no_problems(tiny):
    assert [problem for exercise in tiny.exercises() for problem in problems(exercise)] == []


def test_a_stale_unit_is_shown_in_english(breakable):
    breakable.replace(EN, "test_array: An array", "test_array: Any array")
    prose = breakable.course.exercise("ex01").prose("fr")
    assert prose.stale == {"checks.test_array"}
    assert prose.front.checks["test_array"] == "Any array"
    assert prose.front.checks["test_number"] == "Un nombre"
    assert [(lang, unit) for lang, unit, _ in told(breakable)] == [
        ("fr", "checks.test_array"),
        ("ru", "checks.test_array"),
    ]


def test_gaps_of_a_text_are_those_of_the_exercise(tmp_path):
    shutil.copytree(TYPED, tmp_path / "typed")
    file = tmp_path / "typed" / "i18n" / "en" / "ex01_gaps.md"
    text = file.read_text(encoding="utf-8").replace("{{last}}", "last")
    file.write_text(text.replace("the method", "{{x}}"), encoding="utf-8")
    found = problems(Course(tmp_path / "typed").exercise("ex01"))
    assert [(p.unit, f"{p.what}: {p.advice}") for p in found if p.lang == "en"] == [
        (
            "questions.layers",
            "there is no gap {{last}} in this text: write it where the answer belongs",
        ),
        ("questions.method", "exercise.yaml lists no gap {{x}}: list it, or take it out"),
    ]
    assert "the placeholders differ" in str([str(p) for p in found if p.lang == "fr"])


def test_a_missing_unit_is_shown_in_english(breakable):
    breakable.replace(FR, "  - L'opérateur est `*`.\n", "")
    prose = breakable.course.exercise("ex01").prose("fr")
    assert prose.stale == {"hints.1"}
    assert prose.front.hints == ("Combien font $2 \\cdot 3$ ?", "The operator is `*`.")


def test_without_translation_all_is_english(breakable):
    (breakable.root / FR).unlink()
    prose = breakable.course.exercise("ex01").prose("fr")
    assert prose.front.title == "Twice as much"
    assert "prompt" in prose.stale
    assert ("fr", "", "there is no translation: write it") in told(breakable)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("$x^2$", "$x^3$", "formulas"),
        ("carré $x^2$", "carré", "formulas"),
        ("`*`", "`**`", "code"),
        ("Un tableau", "Un tableau de 3 nombres", "numbers"),
        ("Un tableau", "Un tableau {{shape}}", "placeholders"),
        ("feedback:\n", "feedback:\n  other: Autre chose.\n", "take it out"),
    ],
)
def test_a_translation_differs_in_words_only(breakable, old, new, word):
    breakable.replace(FR, old, new)
    assert [lang for lang, _, problem in told(breakable) if word in problem] == ["fr"]


def test_a_language_writes_numbers_in_its_own_way(breakable):
    breakable.replace(EN, "An array", "An array of 10,000.5 and $0.5$")
    breakable.replace(FR, "Un tableau", "Un tableau de 10\u202f000,5 et $0{,}5$")
    breakable.replace(RU, "Массив", "Массив из 10 000,5 и $0{,}5$")
    for lang in ("fr", "ru"):
        mark_translation_current(breakable.course.exercise("ex01"), lang)
    assert told(breakable) == []


def test_a_number_that_differs_is_told_as_it_is_written(breakable):
    breakable.replace(EN, "An array", "An array of 0.005")
    breakable.replace(FR, "Un tableau", "Un tableau de 0,05")
    mark_translation_current(breakable.course.exercise("ex01"), "fr")
    told_of_it = [problem for lang, _, problem in told(breakable) if lang == "fr"]
    assert told_of_it == ["other numbers than in English (lacks 0.005, adds 0,05): make them equal"]


def test_russian_needs_its_plural_forms(breakable):
    english = "squared: {one: '{{n}} point', other: '{{n}} points'}"
    breakable.replace(
        EN, "squared: You return the square $x^2$; asked is twice the argument.", english
    )
    breakable.replace(
        RU,
        "squared: Вы возвращаете квадрат $x^2$, а нужно удвоенное значение аргумента.",
        "squared: {one: '{{n}} точка', few: '{{n}} точки'}",
    )
    forms = [(unit, problem) for lang, unit, problem in told(breakable) if lang == "ru"]
    assert ("feedback.squared", "the plural form 'many' is missing: add it") in forms


@pytest.mark.parametrize(
    ("old", "new", "unit"),
    [
        ("  test_large: Large numbers\n", "", "checks.test_large"),
        ("  squared: ", "  sqared: ", "feedback.squared"),
        ("  test_array:", "  test_arrays: No check\n  test_array:", "checks.test_arrays"),
    ],
)
def test_english_fits_the_exercise(breakable, old, new, unit):
    breakable.replace(EN, old, new)
    assert ("en", unit) in [(lang, found) for lang, found, _ in told(breakable)]


def test_accepting_changes_the_stamps_and_nothing_else(breakable):
    breakable.replace(EN, "test_array: An array", "test_array: Any array")
    breakable.replace(EN, "test_number: A number", "test_number: Any number")
    before = (breakable.root / FR).read_text(encoding="utf-8")
    old, new = unit_hash("An array"), unit_hash("Any array")
    assert mark_translation_current(
        breakable.course.exercise("ex01"), "fr", "checks.test_array"
    ) == ["checks.test_array"]
    after = (breakable.root / FR).read_text(encoding="utf-8")
    assert after == before.replace(old, new)
    assert breakable.course.exercise("ex01").prose("fr").stale == {"checks.test_number"}


def test_accepting_all_stamps_what_is_translated(breakable):
    text = (breakable.root / FR).read_text(encoding="utf-8")
    head, _, rest = text.partition("source:")
    breakable.write(FR, head + rest[rest.index("---") :])
    assert breakable.course.exercise("ex01").prose("fr").stale
    assert len(mark_translation_current(breakable.course.exercise("ex01"), "fr")) == 9
    assert (breakable.root / FR).read_text(encoding="utf-8") == text


def test_accepting_an_unknown_unit_is_refused(breakable):
    before = (breakable.root / FR).read_text(encoding="utf-8")
    with pytest.raises(UnknownTranslationUnitError) as caught:
        mark_translation_current(breakable.course.exercise("ex01"), "fr", "checks.test_arry")
    assert caught.value.unit == "checks.test_arry"
    assert caught.value.close[0] == "checks.test_array"
    assert (breakable.root / FR).read_text(encoding="utf-8") == before


def test_a_new_translation_is_not_accepted_yet_and_nothing_of_it_outdated(breakable):
    text = (breakable.root / FR).read_text(encoding="utf-8")
    head, _, rest = text.partition("source:")
    breakable.write(FR, head + rest[rest.index("---") :])
    ((lang, unit, problem),) = told(breakable)
    assert (lang, unit) == ("fr", "")
    assert problem.startswith("nothing of it is accepted yet: ")
    assert problem.endswith("grader validate ex01 --accept-translation '*' --lang fr")


def test_a_new_text_is_told_from_an_outdated_one(breakable):
    breakable.replace(EN, "test_array: An array", "test_array: Any array")
    breakable.replace(FR, "  checks.test_number: 'a3c9dfa2'\n", "")
    problems_ = {unit: problem for lang, unit, problem in told(breakable) if lang == "fr"}
    assert problems_["checks.test_array"].startswith("the English changed since: ")
    assert problems_["checks.test_number"].startswith("this text is not accepted yet: ")


def test_the_command_shown_names_the_course_as_the_user_did(breakable):
    breakable.replace(EN, "test_array: An array", "test_array: Any array")
    course = Course(breakable.root, Path("my course"))
    first = str(problems(course.exercise("ex01"))[0])
    command = "grader validate ex01 --course 'my course' --accept-translation checks.test_array"
    assert f"{command} --lang fr" in first


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("# A heading\n", "front matter"),
        (
            block("""
                ---
                title: One
                title: Two
                ---
            """),
            "stands twice",
        ),
        (
            block("""
                ---
                checks: {}
                ---
            """),
            "missing",
        ),
        (
            block("""
                ---
                title: 2024
                ---
            """),
            "quotation marks",
        ),
        (
            block("""
                ---
                title: a
                hint: []
                ---
            """),
            "unknown",
        ),
        (
            block("""
                ---
                - title
                ---
            """),
            "key: value",
        ),
    ],
)
def test_a_broken_prose_file_says_what_to_do(breakable, text, advice):
    breakable.write(EN, text)
    with pytest.raises(CourseError, match=advice):
        breakable.course.exercise("ex01").prose("en")


def test_a_title_is_read_alone_wherever_it_stands(breakable):
    breakable.write(
        EN,
        block("""
            ---
            hints: []
            title: Later
            ---
        """),
    )
    assert breakable.course.exercise("ex01").title("en") == "Later"


def test_titles_of_all_sections_are_there(tiny, breakable):
    assert course_problems(tiny) == []
    assert course_problems(Course(course_root())) == []
    breakable.replace("i18n/ru/course.md", "  questions: Вопросы\n", "")
    (breakable.root / "i18n/fr/course.md").unlink()
    found = [(problem.lang, problem.unit) for problem in course_problems(breakable.course)]
    assert found == [("fr", ""), ("ru", "sections.questions")]
    breakable.write(
        "i18n/fr/course.md",
        block("""
            ---
            - title
            ---
        """),
    )
    broken = course_problems(breakable.course)[0]
    assert (broken.lang, broken.file.name) == ("fr", "course.md")


# -- solutions ------------------------------------------------------------------------------------

SOLUTION = """\
---
styles:
  halves:
    title: by a division
    text: It gains nothing and loses a `*`.
---

The key idea: **twice is $2x$**.
"""
EN_SOLUTION, FR_SOLUTION, RU_SOLUTION = (f"i18n/{lang}/ex01_double.solution.md" for lang in TINY)
STYLE = "answers/ex01_double/styles/halves.py"
UNITS = ["solution.explanation", "solution.styles.halves.title", "solution.styles.halves.text"]


@pytest.fixture
def solved(breakable):
    """The tiny course with a solution, which is written in French with the same words."""
    breakable.write(
        STYLE,
        block("""
            def double(x):
                return x / 0.5
        """),
    )
    for name in (EN_SOLUTION, FR_SOLUTION, RU_SOLUTION):
        breakable.write(name, SOLUTION)
    for lang in ("fr", "ru"):
        assert mark_translation_current(breakable.course.exercise("ex01"), lang) == UNITS
    return breakable


def test_an_accepted_solution_has_no_problems(solved):
    assert told(solved) == []


def test_the_solution_of_a_language_that_is_missing_is_told(solved):
    (solved.root / RU_SOLUTION).unlink()
    assert told(solved) == [("ru", "", "there is no translation: write it")]
    assert mark_translation_current(solved.course.exercise("ex01"), "ru") == []


def test_a_solution_that_nobody_has_accepted_is_told_once(solved):
    solved.write(RU_SOLUTION, SOLUTION)
    found = told(solved)
    assert found[0][:2] == ("ru", "")
    assert "nothing of it is accepted yet" in found[0][2]


def test_an_outdated_unit_of_a_solution_is_told_with_the_command_that_accepts_it(solved):
    solved.replace(EN_SOLUTION, "by a division", "by dividing")
    found = told(solved)
    assert [(lang, unit) for lang, unit, _ in found] == [("fr", UNITS[1]), ("ru", UNITS[1])]
    assert f"--accept-translation {UNITS[1]} --lang fr" in found[0][2]
    assert mark_translation_current(solved.course.exercise("ex01"), "fr", UNITS[1]) == [UNITS[1]]
    assert [lang for lang, *_ in told(solved)] == ["ru"]


def test_a_solution_differs_from_the_english_in_words_only(solved):
    solved.replace(FR_SOLUTION, "$2x$", "$3x$")
    solved.replace(FR_SOLUTION, "`*`", "`+`")
    assert sorted(unit for _, unit, _ in told(solved)) == [UNITS[0], UNITS[2]]


def test_a_style_without_a_text_and_a_text_without_a_style_are_told(solved):
    (solved.root / STYLE).rename((solved.root / STYLE).with_name("other.py"))
    found = [(unit, what) for lang, unit, what in told(solved) if lang == "en"]
    missing = "this text is missing: write it"
    assert found == [
        ("solution.styles.other.text", missing),
        ("solution.styles.other.title", missing),
        (UNITS[1], f"there is no file {STYLE}: write it, or take the text out"),
    ]


def test_the_reference_must_be_explained(solved):
    solved.replace(EN_SOLUTION, "The key idea: **twice is $2x$**.\n", "")
    assert ("en", UNITS[0], "this text is missing: write it") in told(solved)


def test_styles_and_translations_without_an_english_text_are_told(solved):
    (solved.root / EN_SOLUTION).unlink()
    assert told(solved) == [("en", "", "there is no such file: write it")]


def test_every_question_must_be_explained_and_no_other(breakable):
    breakable.write(
        "i18n/en/ex03_find_line.solution.md",
        block("""
            ---
            questions: {other: x}
            ---
        """),
    )
    found = problems(breakable.course.exercise("ex03"))
    assert [(str(p.unit), str(p.what)) for p in found if p.lang == "en"] == [
        ("solution.questions.returned", "this text is missing"),
        ("solution.questions.other", "exercise.yaml knows no such thing"),
    ]


def test_an_unknown_unit_of_a_solution_is_looked_for_in_its_file(solved):
    with pytest.raises(UnknownTranslationUnitError) as caught:
        mark_translation_current(solved.course.exercise("ex01"), "fr", "solution.explanations")
    assert caught.value.file.name == "ex01_double.solution.md"
    assert caught.value.close[0] == UNITS[0]
