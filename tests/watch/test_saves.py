"""Which files are answers, and what changes in a folder say of them."""

import pytest

from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.watch.saves import AnswerNames, differing, signature


@pytest.fixture(scope="module")
def names():
    return AnswerNames(Course(builtin_root()).exercises())


@pytest.mark.parametrize(
    ("name", "exercise"),
    [
        ("ex11_softmax.py", "ex11"),
        ("EX11.PY", "ex11"),
        ("ex11 (2).ipynb", "ex11"),
        ("ex14_cross_entropy_by_hand.yaml", "ex14"),
        ("ex14.yml", "ex14"),
    ],
)
def test_an_answer_is_known_by_its_name(names, name, exercise):
    assert names.exercise_of(name).model.id == exercise


@pytest.mark.parametrize(
    "name",
    [
        *("ex11_softmax.py~", ".ex11_softmax.py.swp", "4913", "#ex11_softmax.py#", ".#ex11.py"),
        *("ex11_softmax.py.tmp", "ex11.py___jb_tmp___", ".~ex11.ipynb", "ex11_softmax.py.old"),
        *("ex11.yaml", "ex14.py", "ex1.py", "ex111.py", "notes.py", ".grader-progress.json"),
        *("ex11", "sed8w1kLp", ".goutputstream-X1", "ex11_softmax.py.1234.5678.tmp"),
    ],
)
def test_what_editors_leave_beside_it_is_none(names, name):
    assert names.exercise_of(name) is None


def test_a_named_file_answers_its_exercise_whatever_it_is_called(names):
    exercise = names.exercise_of("ex11.py")
    extra = AnswerNames([], {"mine.py": exercise})
    assert extra.exercise_of("mine.py") is exercise
    assert extra.exercise_of("ex11.py") is None


def test_changes_elsewhere_are_no_saves(names, tmp_path):
    inside = ["ex11.py", ".ipynb_checkpoints/ex11-checkpoint.ipynb", "x.py"]
    paths = [*(str(tmp_path / name) for name in inside), "/ex12"]
    assert names.answers(tmp_path, paths) == {"ex11.py"}


def test_what_the_system_did_not_report_is_seen_in_the_files(names, tmp_path):
    (tmp_path / "ex11.py").write_text("a", encoding="utf-8")
    (tmp_path / "ex12.yaml").write_text("a", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("a", encoding="utf-8")
    before = names.signatures(tmp_path)
    assert set(before) == {"ex11.py", "ex12.yaml"}
    (tmp_path / "ex11.py").write_text("ab", encoding="utf-8")
    (tmp_path / "ex12.yaml").unlink()
    (tmp_path / "ex13.py").write_text("a", encoding="utf-8")
    assert differing(before, names.signatures(tmp_path)) == {"ex11.py", "ex12.yaml", "ex13.py"}
    assert differing(before, before) == set()


def test_a_folder_that_is_gone_has_no_answers(names, tmp_path):
    assert names.signatures(tmp_path / "nowhere") == {}
    assert signature(tmp_path / "nowhere") is None
