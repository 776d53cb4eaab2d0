"""The quiz as lines of text: for pipes, screen readers, and terminals that can do no more."""

import json
import os
import subprocess
import sys

import pytest
from support.person import END, STOP, Person
from support.quizzes import ALL_BUT_THE_TEXT, COURSES, EVERYTHING, GAPS, asked_questions, load

from grader.course.languages import LANGUAGES, Translator
from grader.questions.answers import read_answers

KEPT = {k: v for k, v in os.environ.items() if not k.startswith(("GRADER_", "PYTEST_"))}
COMMAND = (sys.executable, "-P", "-m", "grader", "quiz")


@pytest.fixture
def piped(tmp_path):
    """Run the quiz with lines on its standard input."""

    def run(named, *lines, lang="en", options=(), data=None):
        (tmp_path / ".grader.yaml").write_text("order: 5\n", encoding="utf-8")
        course, id_ = named
        typed = "".join(f"{line}\n" for line in lines).encode() if data is None else data
        done = subprocess.run(
            [*COMMAND, id_, "--course", str(COURSES / course), *options],
            cwd=tmp_path,
            input=typed,
            capture_output=True,
            check=False,
            timeout=300,
            env={**KEPT, "GRADER_LANG": lang, "PYTHONIOENCODING": "utf-8"},
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run


def answers(tmp_path, name):
    (file,) = tmp_path.glob(f"{name}*.yaml")
    return read_answers(file.read_text(encoding="utf-8"), file.name).given


def number(question, *ids):
    """Return the numbers of choices as they are shown."""
    shown = asked_questions(load(EVERYTHING), order=5)[question].shown.choices
    places = {id_: str(place) for place, (id_, _) in enumerate(shown, 1)}
    return " ".join(places[id_] for id_ in ids)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("right", [True, False])
def test_every_kind_of_choice_is_answered_by_lines_and_graded(piped, tmp_path, lang, right):
    lines = [
        number("smallest", "one" if right else "three"),
        "two four" if right else "two one",  # these choices are numbers themselves
        number("signs", "sum" if right else "product"),
        number("signs", "product" if right else "quotient"),
        number(
            "growing", *(("small", "medium", "large") if right else ("large", "medium", "small"))
        ),
        "0,25" if right else "1",
        "c = a + b" if right else "5",
    ]
    code, out, err = piped(EVERYTHING, *lines, lang=lang)
    assert (code, err) == (0 if right else 1, "")
    assert Translator(lang)("Grade these answers") in out
    assert answers(tmp_path, "ex02")["addition"] == ("4" if right else "5")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("right", [True, False])
def test_gaps_and_short_texts_are_answered_by_lines(piped, lang, right):
    gaps = {
        "en": ("input", "hidden", "output"),
        "fr": ("entrée", "cachées", "sortie"),
        "ru": ("входной", "скрытых", "выходной"),
    }[lang]
    method = {
        "en": "gradient descent",
        "fr": "descente de gradient",
        "ru": "градиентный спуск",
    }[lang]
    lines = [*(gaps if right else gaps[::-1]), "lr", "grad['W']", method, "x.mean(0)"]
    code, _, err = piped(GAPS, *lines, lang=lang)
    assert (code, err) == (0 if right else 1, "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_ends_with_a_full_stop_alone(tmp_path, lang):
    (tmp_path / "ex01.yaml").write_text(ALL_BUT_THE_TEXT, encoding="utf-8")
    done = subprocess.run(
        [*COMMAND, "ex01"],
        cwd=tmp_path,
        input=b"First: line.\n\n  Second.\n.\n",
        capture_output=True,
        check=False,
        timeout=300,
        env={**KEPT, "GRADER_LANG": lang, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 1, done.stderr
    assert answers(tmp_path, "ex01")["purpose"].rstrip() == "First: line.\n\n  Second."


def test_what_cannot_be_an_answer_is_told_and_asked_again(piped, tmp_path):
    code, out, _ = piped(EVERYTHING, "7", "b", "1 2", "2", "9", "", "", "", "", "half", "", "99")
    assert code == 130
    assert "“7” is none of the choices. Type a number from 1 to 3." in out
    assert "“b” is none of the choices. Type a number from 1 to 3." in out
    assert "Only one choice belongs here, and you gave several." in out
    assert "“9” is none of the choices. Choose from: four, one, three, two." in out
    assert "four: 4\n" in out
    assert "Type the names of all that apply." in out
    assert "“half” cannot be read as a number." in out
    assert "There is no line 99: the listing goes from line 1 to line 5." in out
    assert "Noted: the number 1" in out
    assert answers(tmp_path, "ex02")["smallest"] == "one"


def test_nothing_tells_whether_an_answer_is_right(piped, tmp_path):
    seen = set()
    for id_, text in (("one", "the number 1"), ("three", "the number 3")):
        _, out, _ = piped(EVERYTHING, number("smallest", id_), "--", "??")
        seen.add(out.replace(f"Noted: {text}", "").replace(f"so far: {text}", ""))
        (file,) = tmp_path.glob("ex02*.yaml")
        file.unlink()
    assert len(seen) == 1


def test_back_again_and_open(piped):
    code, out, _ = piped(EVERYTHING, "", "--", "??", "--", "1")
    assert code == 130
    assert out.count("Which number is the smallest?") == 3
    assert "This stays open." in out
    assert "This is the first question." in out


def test_an_end_of_the_input_ends_it_and_keeps_what_was_said(piped):
    code, out, err = piped(EVERYTHING, "1")
    assert (code, err) == (130, "")
    assert "Your answers are in ex02_everything.yaml." in out
    assert f"`grader quiz ex02 --course {COURSES / 'tiny'}`" in " ".join(out.split())
    code, out, _ = piped(EVERYTHING, "1")
    assert out.index("Question 2 of 6") > 0
    assert "Question 1 of 6" not in out


def test_what_a_quiz_reaches_is_progress(piped, grader):
    code, _, _ = piped(EVERYTHING, "one", "two", "sum", "sum", "small medium large", "1/4", "4")
    assert code == 1
    told = grader.run("list", "--json", "--course", COURSES / "tiny").stdout
    rows = [row for section in json.loads(told) for row in section["exercises"]]
    (row,) = [row for row in rows if row["id"] == "ex02"]
    assert (row["reached"], row["solved"], row["changed"]) == (7, False, False)


def test_a_program_gets_the_report_alone(piped):
    lines = ["one", "two, four", "sum", "product", "small medium large", "1/4", "4"]
    code, out, err = piped(EVERYTHING, *lines, options=["--json"])
    assert code == 0
    assert json.loads(out)["reached"] == json.loads(out)["maximum"]
    assert "Question 1 of 6" in err


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\n", b"\0\n", b"\x1b[2J\n", b"\xed\xa0\x80\n", b"x" * 10**6]
)
def test_bytes_that_are_no_text_harm_nothing(piped, data):
    code, out, err = piped(EVERYTHING, data=data)
    assert code == 130
    assert "Traceback" not in err
    assert "\x1b" not in out
    assert "is none of the choices" in " ".join(out.split())


def test_a_screen_reader_hears_no_sign_without_a_word(piped):
    lines = ["one", "two, four", "product", "product", "small medium large", "1/4", "4"]
    _, out, _ = piped(EVERYTHING, *lines)
    assert not [sign for sign in out if sign in "✓✗○•→│─"]


@pytest.mark.parametrize("how", [{"TERM": "dumb"}, {"NO_COLOR": "1"}, {}])
def test_plain_lines_at_a_terminal_move_no_cursor(tmp_path, how):
    options = [] if how else ["--plain"]
    one = Person(tmp_path, "quiz", "ex02", "--course", COURSES / "tiny", *options, **how)
    try:
        one.sees("Type a number from 1 to 3.", "Answer:")
        one.types("1", "\n")
        one.sees("Noted:", "Question 2 of 6")
        one.types(STOP)
        assert one.ends() == 130
        assert b"\x1b" not in one.raw
    finally:
        one.close()


def test_an_end_of_file_at_a_terminal_stops(tmp_path):
    one = Person(tmp_path, "quiz", "ex02", "--course", COURSES / "tiny", "--plain")
    try:
        one.sees("Answer:")
        one.types(END)
        assert one.ends() == 130
        assert "To go on where you stopped" in one.text()
    finally:
        one.close()


@pytest.mark.parametrize("begun", [True, False])
def test_a_disk_that_can_only_be_read_costs_nothing(tmp_path, grader, begun):
    if begun:
        grader.run("init", ".", "ex02", "--course", COURSES / "tiny")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    script = 'mount --bind . . && mount -o remount,ro,bind "$PWD" && cd "$PWD" && exec "$@"'
    namespace = ("unshare", "--map-root-user", "--mount")
    if subprocess.run([*namespace, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no namespaces here")
    done = subprocess.run(
        [*namespace, "sh", "-c", script, "sh", *COMMAND, "ex02", "--course", COURSES / "tiny"],
        cwd=tmp_path,
        input=b"1\n",
        capture_output=True,
        check=False,
        timeout=300,
        env={**KEPT, "GRADER_LANG": "en"},
    )
    assert done.returncode == 2
    told = "ex02_everything.yaml cannot be written: the disk can only be read"
    assert told in done.stderr.decode()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_wrong_use_is_told(grader):
    done = grader.run("quiz", "ex01", "--course", COURSES / "tiny")
    assert done.returncode == 2
    assert "ex01 asks for code, not for answers: grader show ex01" in done.stderr
    grader.write("ex02_a.yaml", "")
    grader.write("ex02_b.yaml", "")
    done = grader.run("quiz", "ex02", "--course", COURSES / "tiny")
    assert done.returncode == 2
    assert "  grader quiz ex02 ex02_b.yaml" in done.stderr
    done = grader.run("quiz", "ex02", "nowhere.yaml", "--course", COURSES / "tiny")
    assert done.returncode == 2
    assert "There is no file nowhere.yaml." in done.stderr


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_of_an_earlier_version_is_kept_and_told(piped, tmp_path, lang):
    loaded = load(EVERYTHING)
    old = loaded.stub(lang, 5).replace("half:", "half: 1/4").replace("smallest:", "smallest: one")
    title = loaded.prose(lang).front.questions["smallest"]
    old = old.replace(title, title.replace("?", "!").replace(title[0], title[0] * 2))
    (tmp_path / "ex02.yaml").write_text(old, encoding="utf-8")
    _, out, _ = piped(EVERYTHING, lang=lang)
    told = " ".join(out.split())
    assert "ex02.yaml.old" in told
    assert "`half`" in told
    assert (tmp_path / "ex02.yaml.old").read_text(encoding="utf-8") == old
    assert answers(tmp_path, "ex02")["half"] == "1/4"
    assert not answers(tmp_path, "ex02")["smallest"]
