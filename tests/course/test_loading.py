"""Finding and reading exercises."""

import pytest
from support.languages import LANGUAGES

from grader.course.errors import CourseError, UnknownExerciseError
from grader.course.loading import Course
from grader.course.root import course_root

EX01 = "exercises/ex01_double/exercise.yaml"


def test_exercises_come_in_the_order_of_study(tiny):
    assert [e.name for e in tiny.exercises()] == [
        "ex01_double",
        "ex02_everything",
        "ex03_find_line",
    ]


@pytest.mark.parametrize("name", ["ex01", "EX01", "01", "1", "ex1", "ex01_double", " Double "])
def test_an_exercise_has_many_names(tiny, name):
    assert tiny.exercise(name).name == "ex01_double"


@pytest.mark.parametrize(
    ("name", "close"),
    [
        ("dubble", ("ex01_double",)),
        ("every", ("ex02_everything",)),
        ("zzz", ()),
        ("ex99", ()),
        ("12", ()),
    ],
)
def test_an_unknown_exercise_comes_with_close_names(tiny, name, close):
    with pytest.raises(UnknownExerciseError) as caught:
        tiny.exercise(name)
    assert caught.value.close == close


def test_all_files_of_an_exercise_are_at_hand(tiny):
    double = tiny.exercise("double")
    assert double.stub_name == "ex01_double.py"
    assert double.drive_source is None
    assert double.given_sources == {}
    assert "2 * x" in double.reference_source
    assert "x**2" in double.misconception_source("squared")
    assert "x + x" in double.remark_source("added_to_itself")
    assert double.hidden_checks == {"test_large"}
    everything = tiny.exercise("everything")
    assert everything.stub_name == "ex02_everything.yaml"
    assert everything.key.questions["half"].tolerance == pytest.approx(0.001)
    assert everything.listing("listing.py").startswith("a = 1\n")


def test_built_in_course_is_found():
    assert Course(course_root()).index.languages == LANGUAGES


def test_a_folder_without_course_is_refused(tmp_path):
    with pytest.raises(CourseError, match=r"course\.yaml"):
        course_root(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "field", "advice"),
    [
        ("slug: double", "slug: double\npionts: 1", "pionts", "unknown"),
        ("checks:", "check:", "checks", "missing, and check is unknown: correct that name"),
        ("checks:", "weights:", "checks", r"missing, and these are unknown \(weights\): add it"),
        ("test_number: 1", "test_number: {points: 1.5}", "checks.test_number.points", "whole"),
        ("test_number: 1", "test_number: 1\n  test_number: 1", "line 10", "stands twice"),
        ("kind: code", "kind: essay", "", "code, quiz or lines"),
        ("id: ex01", "id: ex09", "id, slug", "rename"),
        ("section: numbers", "section: questions", "section", "make the two agree"),
        ("  double: [x]", "  double: [x", "line 8", "mend the YAML"),
    ],
)
def test_a_broken_exercise_names_file_field_and_remedy(breakable, old, new, field, advice):
    breakable.replace(EX01, old, new)
    with pytest.raises(CourseError, match=advice) as caught:
        _ = breakable.course.exercise("ex01").model
    assert caught.value.file == breakable.root / EX01
    assert str(caught.value.place) == field


def test_a_missing_file_is_named(breakable):
    (breakable.root / "answers/ex01_double/reference.py").unlink()
    with pytest.raises(CourseError, match=r"reference\.py"):
        _ = breakable.course.exercise("ex01").reference_source


def test_a_file_that_is_not_utf8_is_named(breakable):
    (breakable.root / "i18n/en/ex01_double.md").write_bytes("---\ntitle: é".encode("latin-1"))
    with pytest.raises(CourseError, match="UTF-8"):
        breakable.course.exercise("ex01").prose("en")


@pytest.mark.parametrize(("name", "advice"), [("ex09_none", "make it"), ("../x", "form ex01_name")])
def test_an_index_names_folders_that_are_there(breakable, name, advice):
    breakable.replace("exercises/course.yaml", "[ex01_double]", f"[ex01_double, {name}]")
    with pytest.raises(CourseError, match=advice):
        breakable.course.exercises()


def test_words_that_old_yaml_takes_for_truth_stay_words(breakable):
    breakable.replace("exercises/ex02_everything/exercise.yaml", "[one, two, three]", "[yes, no]")
    questions = breakable.course.exercise("ex02").quiz.questions
    assert questions[0].choices == ("yes", "no")


def test_a_number_without_a_point_is_a_number(breakable):
    breakable.replace(EX01, "slug: double", "slug: double\ntolerance: {rtol: 1e-5}")
    assert breakable.course.exercise("ex01").code.tolerance.rtol == pytest.approx(1e-5)


@pytest.mark.parametrize(
    "name",
    [
        "exercises/ex01_double/exercise.yaml",
        "exercises/ex01_double/checks.py",
        "answers/ex01_double/reference.py",
        "answers/ex01_double/misconceptions/squared.py",
        "answers/ex01_double/remarks/added_to_itself.py",
    ],
)
def test_grading_hash_follows_what_can_change_a_mark(breakable, name):
    before = breakable.course.exercise("ex01")
    hashes = before.grading_hash, before.text_hash
    path = breakable.root / name
    path.write_bytes(path.read_bytes() + b"\n# more\n")
    after = breakable.course.exercise("ex01")
    assert after.grading_hash != hashes[0]
    assert after.text_hash == hashes[1]


def test_listing_and_key_are_part_of_the_grading_hash(breakable):
    hashes = {breakable.course.exercise("ex02").grading_hash}
    breakable.replace("exercises/ex02_everything/listing.py", "a = 1", "a = 3")
    hashes.add(breakable.course.exercise("ex02").grading_hash)
    breakable.replace("answers/ex02_everything/key.yaml", "answer: one", "answer: two")
    hashes.add(breakable.course.exercise("ex02").grading_hash)
    assert len(hashes) == 3


def test_a_mended_typo_changes_the_text_hash_only(breakable):
    before = breakable.course.exercise("ex01")
    hashes = before.grading_hash, before.text_hash
    breakable.replace("i18n/ru/ex01_double.md", "Число", "Одно число")
    after = breakable.course.exercise("ex01")
    assert after.grading_hash == hashes[0]
    assert after.text_hash != hashes[1]
