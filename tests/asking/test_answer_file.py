"""Answers are written one by one into the file that students may edit as well."""

import os
import re
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.quizzes import EVERYTHING, GAPS, answer_file, load
from support.text_blocks import block

from grader.asking.answer_file import AnswersNotWrittenError
from grader.asking.yaml_edit import with_answer
from grader.asking.yaml_value import same
from grader.questions.answers import read_answers

WRITTEN = block("""
    # My own notes: do not lose them.
    smallest: two   # or one?

    # 2. Which numbers are even? Mine.
    even: []  # think again
    signs:
      # plus first
      plus: sum   # sure
      # then times
      times:
    growing: [large, small,
      medium]  # in which order?
    half: '1/3'
    addition:
      - 3
      - 4

    # The end.
""")


def lines_changed(before, after):
    old, new = before.split("\n"), after.split("\n")
    return [line for line in new if line not in old]


@pytest.fixture
def file(tmp_path):
    return answer_file(tmp_path / "ex02.yaml", load(EVERYTHING), WRITTEN)


@pytest.mark.parametrize(
    ("question", "node", "part", "changed"),
    [
        ("smallest", "one", "", ["smallest: one   # or one?"]),
        ("even", ["two", "four"], "", ["even: [two, four]  # think again"]),
        ("signs", {"plus": "sum", "times": "product"}, "times", ["  times: product"]),
        ("signs", {"plus": "product", "times": ""}, "plus", ["  plus: product   # sure"]),
        ("growing", ["small"], "", ["growing: [small]  # in which order?"]),
        ("half", "0,25", "", ["half: 0,25"]),
        ("addition", "4", "", ["addition: 4"]),
    ],
)
def test_an_answer_changes_nothing_but_itself(file, question, node, part, changed):
    assert file.put(question, node, "en", part) is None
    text = file.path.read_text(encoding="utf-8")
    assert lines_changed(WRITTEN, text) == changed
    assert same(file.answers().get(question), node)
    for comment in re.findall(r"#.*", WRITTEN):
        assert comment in text


def test_what_was_edited_meanwhile_is_kept(file):
    file.put("smallest", "one", "en")
    text = file.path.read_text(encoding="utf-8")
    file.path.write_text(text.replace("'1/3'", "0.25").replace("My own", "Our"), encoding="utf-8")
    file.put("even", ["four"], "en")
    text = file.path.read_text(encoding="utf-8")
    assert "half: 0.25" in text
    assert "# Our notes" in text
    assert "smallest: one" in text


def test_a_question_that_the_file_lacks_is_added_with_its_text(file):
    file.path.write_text("smallest: one\n", encoding="utf-8")
    file.put("even", ["two"], "en")
    text = file.path.read_text(encoding="utf-8")
    assert text.startswith("smallest: one\n\n# 2. Which numbers are even? (2 points)\n")
    assert text.endswith("\neven: [two]\n")


def test_the_starter_file_stays_as_it_is_but_for_the_answers(tmp_path):
    file = answer_file(tmp_path / "ex01.yaml", load(GAPS))
    before = file.path.read_text(encoding="utf-8")
    for part, text in (("first", "input"), ("last", "a: b")):
        kept = file.answers().get("layers")
        node = {"first": "", "between": "", "last": ""} | kept | {part: text}
        file.put("layers", node, "en", part)
    after = file.path.read_text(encoding="utf-8")
    assert lines_changed(before, after) == ["  first: input", "  last: 'a: b'"]


def test_line_ends_and_permissions_stay(file):
    file.path.write_bytes(WRITTEN.replace("\n", "\r\n").encode())
    file.path.chmod(0o640)
    file.put("half", "1/4", "en")
    assert file.path.read_bytes() == WRITTEN.replace("'1/3'", "1/4").replace("\n", "\r\n").encode()
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(file, tmp_path):
    real = tmp_path / "real.yaml"
    file.path.rename(real)
    file.path.symlink_to(real)
    file.put("half", "1/4", "en")
    assert file.path.is_symlink()
    assert "half: 1/4" in real.read_text(encoding="utf-8")


def test_nothing_but_the_answer_is_left_behind(file, tmp_path):
    file.put("half", "1/4", "en")
    assert [path.name for path in tmp_path.iterdir()] == ["ex02.yaml"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_cannot_be_written_costs_nothing(file, tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(AnswersNotWrittenError):
            file.put("half", "1/4", "en")
        assert file.path.read_text(encoding="utf-8") == WRITTEN
    finally:
        tmp_path.chmod(0o700)


# -- files that cannot be continued ------------------------------------------------------------


def kept_and_new(file, loaded):
    before = file.path.read_bytes()
    renewed = file.renew(loaded)
    assert renewed is not None
    if renewed.kept is not None:
        assert renewed.kept.read_bytes() == before
        assert renewed.kept.name.endswith(".old")
    return renewed, file.path.read_text(encoding="utf-8")


def test_a_file_that_can_be_continued_is_left_alone(file):
    assert file.renew(load(EVERYTHING)) is None
    assert file.path.read_text(encoding="utf-8") == WRITTEN


@pytest.mark.parametrize("lang", ["en", "fr", "ru"])
@pytest.mark.parametrize("order", [None, 5, 77])
def test_a_starter_file_is_of_this_version_in_each_language_and_order(tmp_path, lang, order):
    for named in (EVERYTHING, GAPS):
        loaded = load(named)
        text = loaded.stub(lang, order).replace("half:", "half: 1/4").replace("mean:", "mean: x")
        file = answer_file(tmp_path / f"{named[1]}.yaml", loaded, text)
        assert file.renew(loaded) is None


def test_an_answer_to_a_question_in_other_words_is_not_taken_over(tmp_path):
    loaded = load(EVERYTHING)
    text = loaded.stub("en", None).replace("smallest:", "smallest: three")
    text = text.replace("half:", "half: 1/4").replace("is the smallest?", "is the largest?")
    file = answer_file(tmp_path / "ex02.yaml", loaded, text)
    renewed, new = kept_and_new(file, loaded)
    assert renewed.changed == ("smallest",)
    assert renewed.carried == ("half",)
    assert "smallest:\n" in new
    assert "half: 1/4\n" in new
    assert "is the smallest?" in new


def test_a_choice_in_other_words_makes_a_file_old(tmp_path):
    loaded = load(EVERYTHING)
    text = loaded.stub("en", None).replace("smallest:", "smallest: three")
    file = answer_file(tmp_path / "ex02.yaml", loaded, text.replace("the number 3", "the number 4"))
    assert kept_and_new(file, loaded)[0].changed == ("smallest",)


def test_a_file_without_comments_is_of_any_version(tmp_path):
    loaded = load(EVERYTHING)
    file = answer_file(tmp_path / "ex02.yaml", loaded, "smallest: three\nhalf: 1\n")
    assert file.renew(loaded) is None


def test_answers_to_what_is_no_question_are_kept_beside_the_file(tmp_path):
    loaded = load(EVERYTHING)
    file = answer_file(tmp_path / "ex02.yaml", loaded, "smallest: three\nlargest: one\n")
    renewed, new = kept_and_new(file, loaded)
    assert renewed.unknown == ("largest",)
    assert "smallest: three\n" in new
    assert "largest:" not in new


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        ("smallest: three\nsmallest: one\nhalf: 1\n", ("half",)),
        ('smallest: "three\nhalf: 1\n', ("half",)),
        ("{smallest: three, half: '1'}\n", ("smallest", "half")),
        ("- smallest\n- half\n", ()),
        ("nothing but words\n", ()),
        ("\0\0\0\0", ()),
    ],
)
def test_a_file_in_which_no_answer_can_be_replaced_is_begun_anew(tmp_path, text, carried):
    loaded = load(EVERYTHING)
    file = answer_file(tmp_path / "ex02.yaml", loaded, text)
    renewed, new = kept_and_new(file, loaded)
    assert {*carried} <= {*renewed.carried}
    assert "# 1. Which number is the smallest?" in new
    assert file.put("smallest", "one", "en") is None


def test_an_empty_file_is_begun_without_an_old_one(tmp_path):
    loaded = load(EVERYTHING)
    file = answer_file(tmp_path / "ex02.yaml", loaded, "\n")
    renewed, new = kept_and_new(file, loaded)
    assert renewed.kept is None
    assert new == loaded.stub("en", None)


def test_older_files_beside_it_are_never_overwritten(tmp_path):
    loaded = load(EVERYTHING)
    for text in ("one\n", "two\n", "three\n"):
        answer_file(tmp_path / "ex02.yaml", loaded, text).renew(loaded)
    old = {path.name: path.read_text() for path in tmp_path.glob("*.old")}
    assert old == {
        "ex02.yaml.old": "one\n",
        "ex02.yaml.2.old": "two\n",
        "ex02.yaml.3.old": "three\n",
    }


def test_a_file_that_breaks_while_questions_are_asked_costs_no_answer(file):
    file.put("smallest", "one", "en")
    broken = file.path.read_text(encoding="utf-8").replace("half: '1/3'", 'half: "1/3')
    file.path.write_text(broken, encoding="utf-8")
    renewed = file.put("even", ["two"], "en")
    assert renewed.kept.read_text(encoding="utf-8") == broken
    assert file.answers().get("smallest") == "one"
    assert file.answers().get("even") == ["two"]


# -- whatever is typed -------------------------------------------------------------------------

TYPED = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufeff"),
    max_size=60,
).map(str.strip)


@given(text=TYPED, part=st.booleans())
def test_every_line_reads_back_as_it_was_typed(text, part):
    node = {"plus": text, "times": ""} if part else text
    question = "signs" if part else "half"
    changed = with_answer(WRITTEN, question, node, "plus" if part else "")
    before, after = (read_answers(one, "ex02.yaml") for one in (WRITTEN, changed))
    assert after.get(question) == node
    assert {**after.given, question: None} == {**before.given, question: None}


@given(text=st.lists(TYPED, min_size=1, max_size=5).map("\n".join).map(str.strip))
def test_every_text_reads_back_as_it_was_typed(text):
    changed = with_answer(WRITTEN, "half", text)
    before, after = (read_answers(one, "ex02.yaml") for one in (WRITTEN, changed))
    assert same(after.get("half"), text)
    assert {**after.given, "half": None} == {**before.given, "half": None}
