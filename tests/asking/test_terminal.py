"""The quiz on a real terminal: arrows, space, typing, back, again, and what a person sees."""

import shutil
import signal

import pytest
from support.person import BACK, DOWN, END, ENTER, LEFT, SPACE, STOP, TAB, UP, Person
from support.quizzes import ALL_BUT_THE_TEXT, COURSES, EVERYTHING, GAPS, load
from support.text_blocks import block

from grader.course.languages import LANGUAGES, Translator
from grader.course.loading import Course
from grader.course.questions import shown_questions
from grader.course.root import course_root
from grader.questions.answers import read_answers


@pytest.fixture
def person(tmp_path):
    """Start somebody at a terminal, in a workspace."""
    people = []

    def start(*arguments, order=5, lang="en", **how):
        (tmp_path / ".grader.yaml").write_text(f"order: {order}\n", encoding="utf-8")
        people.append(Person(tmp_path, *arguments, lang=lang, **how))
        return people[-1]

    yield start
    for one in people:
        one.close()


UP_TO_THE_NUMBER = block("""
    smallest: one
    even: [two]
    signs: {plus: sum, times: sum}
    growing: [small, medium, large]
""")


def quiz(course, id_):
    return ("quiz", id_, "--course", COURSES / course)


def answers(tmp_path, name):
    (file,) = tmp_path.glob(f"{name}*.yaml")
    return read_answers(file.read_text(encoding="utf-8"), file.name).given


def places(question, order=5, named=EVERYTHING):
    """Return the number of each choice, from 1, as a workspace shows it."""
    shown = {one.id: one for one in shown_questions(load(named), "en", order)}[question]
    return {id_: number for number, (id_, _) in enumerate(shown.choices, 1)}


def head(number, lang, total=6):
    return Translator(lang)("Question {{number}} of {{total}}", number=number, total=total)


RIGHT = {
    "smallest": ["one"],
    "even": ["two", "four"],
    "signs": ["sum", "product"],
    "growing": ["small", "medium", "large"],
    "half": "0,25",
    "addition": ["4"],
}
WRONG = {
    "smallest": ["three"],
    "even": ["one", "two"],
    "signs": ["product", "sum"],
    "growing": ["large", "medium", "small"],
    "half": "1",
    "addition": ["5"],
}


def keys_to(question, given):
    """Return the keys that answer each step of a question."""
    if question == "half":
        return [given + ENTER]
    if question == "addition":
        return [f"{given[0]}{ENTER}"]
    at = places(question)
    if question == "even":
        return ["".join(f"{at[id_]}{SPACE}" for id_ in given) + ENTER]
    if question == "growing":
        steps = ""
        for id_ in given:
            steps += UP * 5 + DOWN * (at[id_] - 1) + SPACE
        return [steps + ENTER]
    return [f"{at[id_]}{ENTER}" for id_ in given]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("right", [True, False])
def test_every_kind_of_choice_is_answered_by_keys_and_graded(person, tmp_path, lang, right):
    given = RIGHT if right else WRONG
    one = person(*quiz(*EVERYTHING), lang=lang)
    t = Translator(lang)
    for number, (question, value) in enumerate(given.items(), 1):
        for part, keys in enumerate(keys_to(question, value), 1):
            said = head(number, lang)
            if question == "signs":
                said += ", " + t("part {{number}} of {{total}}", number=part, total=2)
            one.asks(said)
            one.types(keys)
    one.asks(t("Grade these answers"))
    one.types(ENTER)
    if not right:
        one.asks(t("Stop here"))
        one.types(ENTER)
    assert one.ends() == (0 if right else 1)
    assert one.is_as_before()
    wanted = {
        "smallest": given["smallest"][0],
        "even": [id_ for id_ in places("even") if id_ in given["even"]],
        "signs": dict(zip(("plus", "times"), given["signs"], strict=True)),
        "growing": given["growing"],
        "half": given["half"],
        "addition": given["addition"][0],
    }
    assert answers(tmp_path, "ex02") == wanted


TYPED = {
    "en": (["input", "hidden", "output"], ["output", "hidden", "input"], "gradient descent"),
    "fr": (
        ["entrée", "cachées", "sortie"],
        ["sortie", "cachées", "entrée"],
        "descente de gradient",
    ),
    "ru": (
        ["входной", "скрытых", "выходной"],
        ["выходной", "скрытых", "входной"],
        "градиентный спуск",
    ),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("right", [True, False])
def test_gaps_and_short_texts_are_typed_and_graded(person, tmp_path, lang, right):
    one = person(*quiz(*GAPS), lang=lang)
    gaps, swapped, method = TYPED[lang]
    typed = [
        *(gaps if right else swapped),
        "lr",
        "grad['W']" if right else "grad",
        method if right else "backpropagation",
        "x.mean(axis=0)" if right else "x.mean()",
    ]
    t = Translator(lang)
    heads = [
        *(
            f"{head(1, lang, 4)}, {t('part {{number}} of {{total}}', number=n, total=3)}"
            for n in (1, 2, 3)
        ),
        *(
            f"{head(2, lang, 4)}, {t('part {{number}} of {{total}}', number=n, total=2)}"
            for n in (1, 2)
        ),
        head(3, lang, 4),
        head(4, lang, 4),
    ]
    for said, text in zip(heads, typed, strict=True):
        one.asks(said)
        one.types(text, ENTER)
    one.asks(t("Grade these answers"))
    one.types(ENTER)
    if not right:
        one.asks(t("Stop here"))
        one.types(ENTER)
    assert one.ends() == (0 if right else 1)
    written = answers(tmp_path, "ex01")
    assert [*written["layers"].values(), *written["update"].values()] == typed[:5]
    assert [written["method"], written["mean"]] == typed[5:]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_of_several_lines_is_typed_and_waits_for_a_teacher(person, tmp_path, lang):
    one = person("quiz", "ex01", lang=lang)
    for number, keys in ((1, TAB), (2, TAB), *((3, TAB),) * 4):
        one.asks(head(number, lang, 4))
        one.types(keys)
        one.asks(head(number + 1, lang, 4) if number < 3 else head(3, lang, 4))
    one.asks(head(4, lang, 4))
    one.types("one: line", ENTER, ENTER, "  # two", TAB)
    one.asks(Translator(lang)("Grade these answers"))
    one.types(STOP)
    assert one.ends() == 130
    assert answers(tmp_path, "ex01")["purpose"].strip() == "one: line\n\n  # two"


def test_back_shows_what_was_chosen_and_again_is_another_answer(person, tmp_path):
    one = person(*quiz(*EVERYTHING))
    one.asks(head(1, "en"))
    one.types(f"{places('smallest')['two']}{ENTER}")
    one.asks(head(2, "en"))
    one.types(BACK)
    one.asks("> 1. " if places("smallest")["two"] == 1 else f"> {places('smallest')['two']}. ")
    one.types(f"{places('smallest')['one']}{ENTER}")
    one.asks("Answer: the number 1")
    one.types(f"1{SPACE}{LEFT}")
    one.asks("Answer: the number 1", head(1, "en"))
    one.types(STOP)
    assert one.ends() == 130
    assert answers(tmp_path, "ex02")["smallest"] == "one"


def test_what_is_not_right_is_asked_again_after_grading(person, tmp_path):
    one = person(*quiz("tiny", "ex03"))
    one.asks(head(1, "en", 1))
    one.types(f"3{ENTER}")
    one.asks("Grade these answers")
    one.types(ENTER)
    one.asks("but does not give it back", "Answer again what is not right yet")
    one.types(UP, ENTER)
    one.asks(head(1, "en", 1), "> [x]")
    one.types(f"4{SPACE}{UP}{SPACE}{ENTER}")
    one.asks("Grade these answers")
    one.types(ENTER)
    assert one.ends() == 0
    assert answers(tmp_path, "ex03")["returned"] == "4"


@pytest.mark.parametrize("way", ["keys", "end", "hang-up", "terminated", "killed"])
def test_whatever_ends_it_it_goes_on_where_it_was(person, way):
    one = person(*quiz(*EVERYTHING))
    for number, keys in ((1, f"1{ENTER}"), (2, f"1{SPACE}{ENTER}"), (3, f"1{ENTER}")):
        one.asks(head(number, "en"))
        one.types(keys)
    one.asks("part 2 of 2")
    match way:
        case "keys":
            one.types(STOP)
            one.sees("To go on where you stopped")
        case "end":
            one.types(END)
        case "hang-up":
            one.hangs_up()
        case "terminated":
            one.process.send_signal(signal.SIGTERM)
        case "killed":
            one.process.kill()
    if way == "hang-up":
        one.process.wait(timeout=120)
    else:
        one.ends()
        assert way == "killed" or one.is_as_before()
    again = person(*quiz(*EVERYTHING))
    again.asks("Question 3 of 6, part 2 of 2", "What does each operator give?")
    assert "Question 1 of 6" not in again.everything()


def test_an_unfinished_text_is_there_again(person, tmp_path):
    (tmp_path / "ex01.yaml").write_text(ALL_BUT_THE_TEXT)
    one = person("quiz", "ex01")
    one.asks(head(4, "en", 4))
    one.types("half a sen")
    one.asks("half a sen")
    one.process.kill()
    one.ends()
    again = person("quiz", "ex01")
    again.asks("> half a sen")
    again.types("tence.", TAB)
    again.asks("Grade these answers")
    assert answers(tmp_path, "ex01")["purpose"] == "half a sentence."


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_no_number_is_told_at_once_and_can_be_mended(person, tmp_path, lang):
    (tmp_path / "ex02.yaml").write_text(UP_TO_THE_NUMBER)
    one = person(*quiz(*EVERYTHING), lang=lang)
    one.asks(head(5, lang))
    one.types("a half", ENTER)
    told = {"en": "cannot be read as a number", "fr": "nombre", "ru": "числ"}
    one.asks("a half", told[lang])
    one.types("\x7f" * 6, "1/4", ENTER)
    one.asks(head(6, lang))
    assert answers(tmp_path, "ex02")["half"] == "1/4"


@pytest.mark.parametrize("columns", [40, 60])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_cut_on_a_narrow_terminal(person, columns, lang):
    one = person("quiz", "ex12", lang=lang, columns=columns, rows=60)
    total = 5
    for number in (1, 2, 3):
        one.asks(head(number, lang, total))
        one.types(TAB)
    one.asks(head(4, lang, total))
    help_ = Translator(lang)("Tab: go on. Shift+Tab: back. Ctrl-C: stop.")
    one.asks(help_.split()[-1])
    shown = " ".join(one.text().split())
    loaded = Course(course_root(None)).exercise("ex12")
    for _, text in shown_questions(loaded, lang, 5)[3].choices:
        assert " ".join(text.replace("$", "").split()[-2:]) in shown
    assert " ".join(help_.split()) in shown.replace("\u00a0", " ") or help_ in shown


def test_lines_have_numbers_and_colours(person):
    one = person("quiz", "ex12", rows=60)
    one.asks(head(1, "en", 5), "> [ ] 1  import numpy as np")
    coloured = {
        cell.fg
        for row in one.screen.buffer.values()
        for cell in row.values()
        if cell.fg != "default"
    }
    assert len(coloured) > 2


def test_what_is_typed_before_there_is_a_prompt_is_not_lost_and_draws_nothing(person):
    one = person("quiz", "ex12", rows=60)
    one.types(DOWN * 4, SPACE, DOWN)
    text = one.asks(head(1, "en", 5), "[x] 5  ", "> [ ] 6  ")
    assert "\n  [ ] 1  import numpy as np\n  [ ] 2\n" in text
    assert "^[" not in one.everything().partition("Find the lines")[2]


def test_a_course_without_its_keys_is_asked_all_the_same(person, tmp_path):
    root = tmp_path / "course"
    shutil.copytree(COURSES / "tiny", root)
    shutil.rmtree(root / "answers" / "ex02_everything")
    one = person("quiz", "ex02", "--course", root)
    one.asks(head(1, "en"))
    one.types(f"1{ENTER}")
    one.asks(head(2, "en"))
    one.types(STOP)
    assert one.ends() == 130


def test_nothing_in_a_file_controls_the_terminal(person, tmp_path):
    (tmp_path / "ex02.yaml").write_text('smallest: "\\e[2J\\e]0;title\\a**bold**"\n')
    one = person(*quiz(*EVERYTHING))
    one.asks(head(1, "en"), "**bold**")
    assert b"\x1b[2J" not in one.raw
    assert b"title" not in one.raw
    one.types(STOP)
    one.ends()


def test_files_of_the_workspace_are_those_of_init(person, tmp_path, grader):
    one = person(*quiz(*EVERYTHING), order=7)
    one.asks(head(1, "en"))
    one.types(STOP)
    one.ends()
    (made,) = tmp_path.glob("ex02*.yaml")
    grader.run("init", "other", "ex02", "--course", COURSES / "tiny", "--seed", "7")
    assert made.read_bytes() == (tmp_path / "other" / made.name).read_bytes()
    assert "order: 7" in (tmp_path / ".grader.yaml").read_text()
