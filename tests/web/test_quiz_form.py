"""A quiz as a form: what is sent stands in the same file as by hand, and nothing is lost."""

import hashlib
import os

import pytest
from starlette.datastructures import FormData
from support.languages import TINY
from support.quizzes import EVERYTHING, GAPS, load

from grader.judge.reading.submission import read
from grader.judge.run import Judge
from grader.questions.answers import read_answers
from grader.web.quiz_form import Quiz

RIGHT = [
    ("q.smallest", "one"),
    ("q.even", "two"),
    ("q.even", "four"),
    ("q.signs.plus", "sum"),
    ("q.signs.times", "product"),
    ("q.growing.small", "1"),
    ("q.growing.medium", "2"),
    ("q.growing.large", "3"),
    ("q.half", "1/4"),
    ("q.addition", "4"),
]
GAPS_RIGHT = [
    ("q.layers.first", "input"),
    ("q.layers.between", "hidden"),
    ("q.layers.last", "output"),
    ("q.update.step", "lr"),
    ("q.update.gradient", "grad['W']"),
    ("q.method", "gradient descent"),
    ("q.mean", "x.mean(axis=0)"),
]


def quiz(folder, named=EVERYTHING, lang="en"):
    return Quiz(load(named), folder, lang)


def send(folder, sent, named=EVERYTHING, state=None):
    one = quiz(folder, named)
    state = one.form().state if state is None else state
    return one.send(FormData([("state", state), *sent]))


def the_file(folder):
    return next(folder.glob("ex*.yaml"))


def given(form):
    return {field.name: field.given for one in form.questions for field in one.fields}


@pytest.mark.parametrize(("named", "sent"), [(EVERYTHING, RIGHT), (GAPS, GAPS_RIGHT)])
def test_right_answers_get_all_points_by_the_usual_way(tmp_path, named, sent):
    (tmp_path / ".grader.yaml").write_text("lang: en\norder: 7\n", encoding="utf-8")
    form = send(tmp_path, sent, named)
    assert form.complete
    assert form.told == ()
    file = the_file(tmp_path)
    assert file.name == load(named).stub_name
    text = file.read_text(encoding="utf-8")
    assert "# 1. " in text  # the comments of the file by `grader init`
    with Judge(load(named)) as judge:
        assert judge.judge(read(file, "quiz")).passed
    assert given(quiz(tmp_path, named).form()) == given(form)


@pytest.mark.parametrize("lang", TINY)
def test_a_form_shows_what_was_written_by_hand(tmp_path, lang):
    file = tmp_path / "ex02.yaml"
    file.write_text("smallest: two\neven: [one, four]\nhalf: 0,5\naddition: [2, 4]\n", "utf-8")
    shown = given(quiz(tmp_path, lang=lang).form())
    assert shown["q.smallest"] == ("two",)
    assert {*shown["q.even"]} == {"one", "four"}
    assert shown["q.half"] == "0,5"
    assert shown["q.addition"] == ("2", "4")
    assert shown["q.signs.plus"] == ()


def test_one_answer_changes_and_all_else_stays(tmp_path):
    file = tmp_path / "ex02.yaml"
    text = "# mine\nsmallest: two # why?\nhalf: 0,5\n"
    file.write_text(text, encoding="utf-8")
    send(tmp_path, [("q.smallest", "one"), ("q.half", "0,5")])
    assert file.read_text(encoding="utf-8") == text.replace("two", "one")


def test_an_answer_is_taken_back(tmp_path):
    send(tmp_path, RIGHT)
    fewer = [(name, value) for name, value in RIGHT if name not in {"q.half", "q.signs.plus"}]
    assert send(tmp_path, [*fewer, ("q.half", ""), ("q.signs.plus", "")]).complete
    shown = given(quiz(tmp_path).form())
    assert shown["q.half"] == ""
    assert shown["q.signs.plus"] == ()
    assert shown["q.signs.times"] == ("product",)
    answers = read_answers(the_file(tmp_path).read_text(encoding="utf-8"), "")
    assert not answers.get("half")


def test_what_cannot_be_used_is_told_and_kept_in_the_form(tmp_path):
    sent = [("q.half", "1,5,5"), ("q.smallest", "seven"), ("q.addition", "99"), ("q.even", "two")]
    form = send(tmp_path, [*sent, ("q.growing.small", "1"), ("q.growing.large", "1")])
    problems = {field.name: field.problem for one in form.questions for field in one.fields}
    wrong = {name for name, problem in problems.items() if problem}
    assert wrong == {"q.half", "q.smallest", "q.addition", "q.growing"}
    assert given(form)["q.half"] == "1,5,5"
    assert not form.complete
    answers = read_answers(the_file(tmp_path).read_text(encoding="utf-8"), "")
    assert answers.get("even") == ["two"]
    assert not answers.get("half")


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path):
    send(tmp_path, RIGHT)
    old = quiz(tmp_path).form().state
    file = the_file(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace("1/4", "1/3"), encoding="utf-8")
    before = file.read_bytes()
    form = send(tmp_path, [("q.half", "0.25")], state=old)
    assert file.read_bytes() == before
    assert "has changed since this page was opened" in form.told[0]
    assert given(form)["q.half"] == "0.25"
    assert form.state == hashlib.sha256(before).hexdigest()
    send(tmp_path, [*RIGHT, ("q.half", "0.25")], state=form.state)


def test_a_file_of_another_version_is_kept_and_what_holds_taken_over(tmp_path):
    loaded = load(EVERYTHING)
    old = loaded.stub("en", None).replace("smallest:", "smallest: one")
    file = tmp_path / loaded.stub_name
    file.write_text(f"{old}\nof_an_older_version: two\n", encoding="utf-8")
    assert "is of another version" in quiz(tmp_path).form().told[0]
    form = send(tmp_path, [("q.smallest", "one"), ("q.half", "1/4")])
    assert "is kept as" in form.told[0]
    kept = file.with_name(f"{file.name}.old").read_text(encoding="utf-8")
    assert "of_an_older_version: two" in kept
    assert given(form)["q.smallest"] == ("one",)
    assert "of_an_older_version" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["\0\0", "just words", "- a\n- b\n", "half: [", ""])
def test_a_file_that_cannot_be_read_costs_nothing(tmp_path, text):
    file = tmp_path / "ex02.yaml"
    file.write_text(text, encoding="utf-8")
    quiz(tmp_path).form()
    assert send(tmp_path, [("q.half", "1/4")]).complete
    assert given(quiz(tmp_path).form())["q.half"] == "1/4"
    kept = [path for path in tmp_path.iterdir() if path.name.endswith(".old")]
    assert [path.read_text(encoding="utf-8") for path in kept] == [text][: bool(text.strip())]


@pytest.fixture
def read_only(tmp_path):
    """A folder on which nobody may write: a disk that can only be read."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() == 0 and os.system(f"mount -t tmpfs -o ro none {folder} 2>/dev/null"):  # noqa: S605
        pytest.skip("no file system can be mounted here")
    folder.chmod(0o500) if os.geteuid() else None
    yield folder
    if os.geteuid() == 0:
        os.system(f"umount {folder}")  # noqa: S605
    else:
        folder.chmod(0o700)


def test_on_a_disk_that_can_only_be_read_the_form_keeps_the_answers(read_only):
    form = send(read_only, RIGHT)
    assert "could not be written into" in form.told[0]
    assert given(form)["q.half"] == "1/4"
    assert list(read_only.iterdir()) == []
