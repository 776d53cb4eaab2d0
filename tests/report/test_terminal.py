import re
from decimal import Decimal

import pytest
from support import samples
from support.languages import LANGUAGES

from grader.judge.checking.report_parts import finalise_report
from grader.report.audience import for_audience
from grader.report.localise import localise
from grader.report.models import Isolation, Output

WORDS = {
    "en": ["PASS", "FAIL", "ERROR", "CRASH", "TIMEOUT", "MEMORY", "NOT RUN", "REVIEW", "HIDDEN"],
    "fr": ["RÉUSSI", "ÉCHEC", "ERREUR", "PLANTAGE", "TROP LONG", "MÉMOIRE", "NON LANCÉ", "CACHÉ"],
    "ru": ["ВЕРНО", "НЕВЕРНО", "ОШИБКА", "СБОЙ", "ВРЕМЯ", "ПАМЯТЬ", "ПРОПУСК", "СКРЫТО"],
}
HOSTILE = (
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 [bold]markup[/bold] [link=http://evil]x[/link] :smile:"
    "\u202e"
    "\nPASS  test_forged (10/10)\nPoints: 10 of 10\r\x1b[2K"
)


@pytest.fixture
def told():
    def told(name="mixed", lang="en", audience="student"):
        return for_audience(localise(getattr(samples, name)(), None, lang), audience)

    return told


def first_words(text):
    return [line for line in text.splitlines() if line and not line[0].isspace()]


@pytest.mark.parametrize("lang", WORDS)
def test_plain_lines_begin_with_the_status_word(told, printed, lang):
    text = printed(told(lang=lang), everything=True)
    for word in WORDS[lang]:
        assert re.search(rf"^{word} ", text, re.MULTILINE), word


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [40, 60, 80, 200])
@pytest.mark.parametrize("everything", [False, True])
def test_plain_is_words_within_the_width(told, printed, lang, width, everything):
    text = printed(told(lang=lang), width=width, everything=everything)
    assert "\x1b" not in text
    assert "\r" not in text
    assert not re.search("[\u2500-\u257f✓✗]", text)
    assert max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("everything", [False, True])
def test_rich_has_colour_and_fits_the_width(told, printed, lang, width, everything):
    text = printed(told(lang=lang), plain=False, width=width, everything=everything)
    assert "\x1b[" in text
    assert "✓" in text
    assert "✗" in text
    bare = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert "\x1b" not in bare, "colours, and no movement of the cursor"
    assert max(map(len, bare.splitlines())) <= width


@pytest.mark.parametrize(("lang", "word"), [("en", "OPEN"), ("fr", "VIDE"), ("ru", "ПУСТО")])
def test_a_question_without_an_answer_is_no_red_failure(printed, lang, word):
    none = [samples.message("quiz.unanswered")]
    report = samples.report(
        samples.check("one", "unanswered", feedback=none),
        samples.check("two", "unanswered", feedback=none),
    )
    report = localise(report, None, lang)
    for everything in (False, True):
        text = printed(report, plain=False, everything=everything)
        assert f"○ {word}" in text
        assert not re.search(r"\x1b\[[0-9;]*31m", text)
        assert "o OPEN" in printed(localise(report, None, "en"), plain=False, encoding="ascii")


def test_feedback_stands_under_its_check_first_sentence_first(told, printed):
    lines = printed(told(), everything=True).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("ERROR"))
    assert lines[at] == "ERROR    test_raises (0/2)"
    assert lines[at + 1].strip().startswith("softmax stops in line 7 with ValueError")
    assert lines[at + 1].startswith("         ")


def test_the_headline_comes_first_and_the_points_last(told, printed):
    lines = printed(told()).splitlines()
    assert lines[1].startswith("6 of 25 points")
    assert lines[-1] == "Points: 6 of 25"


def test_a_file_that_does_not_load_is_told_once(told, printed):
    text = printed(told("not_loaded"), everything=True)
    assert text.count("was never closed") == 1
    assert "your file does not yet provide" not in text
    assert len(re.findall("^NOT RUN", text, re.MULTILINE)) == 3
    text = printed(told("not_loaded"))
    assert text.count("was never closed") == 1
    assert "Not run because of it: 3 checks (6 points): test_one;" in text


def test_text_of_the_student_steers_and_forges_nothing(printed):
    failing = samples.check(
        "test_one",
        "error",
        feedback=[
            samples.message("call.raised", function="f", type="E", detail=HOSTILE, line=1),
            samples.message("read.missing", file=HOSTILE),
        ],
    )
    report = localise(samples.report(failing, output=Output(text=HOSTILE)), None, "en")
    for plain in (True, False):
        text = printed(report, plain=plain)
        bare = re.sub(r"\x1b\[[0-9;]*m", "", text)
        assert "\x1b" not in bare
        assert "\u202e" not in bare
        assert "evil" in bare, "markup is shown as it was written"
        assert "[bold]markup[/bold]" in " ".join(bare.split())
        assert ":smile:" in bare
    forged = [line for line in first_words(printed(report)) if line.startswith(("PASS", "Points"))]
    assert forged == ["Points: 0 of 2"]
    assert "| PASS  test_forged (10/10)" in printed(report)


def test_stored_text_is_cleaned_as_well(printed):
    report = samples.all_right()
    report.headline.text = HOSTILE
    report.exercise.title = HOSTILE
    report.checks[0].title = HOSTILE
    text = printed(report)
    assert "\x1b" not in text
    assert [line for line in first_words(text) if line.startswith("PASS")] == [
        line for line in text.splitlines() if line.startswith("PASS")
    ]


def test_long_output_is_cut_and_says_so(printed):
    report = samples.all_right()
    report.output = Output(text="".join(f"line {n}\n" for n in range(100)), dropped=5)
    text = printed(report)
    assert "line 99" in text
    assert "line 69" not in text
    left_out = 5 + len("".join(f"line {n}\n" for n in range(70)))
    assert f"{left_out} bytes before this are left out" in text


@pytest.mark.parametrize(
    ("lang", "place"),
    [
        ("en", "a b.ipynb, cell 2, line 3: RuntimeWarning: overflow"),
        ("fr", "a b.ipynb, cellule 2, ligne 3\u00a0: RuntimeWarning: overflow"),
        ("ru", "a b.ipynb, ячейка 2, строка 3: RuntimeWarning: overflow"),
    ],
)
def test_where_a_notebook_warns_is_told_in_words(printed, lang, place):
    report = localise(samples.all_right(), None, lang)
    report.output = Output(text="1\na b.ipynb, cell 2, line 3: RuntimeWarning: overflow\n")
    assert place in printed(report)


def test_weak_isolation_is_told_with_what_is_missing(printed):
    report = samples.all_right()
    for level, name, told in (
        (0, "own-code-only", True),
        (1, "no-open", True),
        (2, "kernel", False),
    ):
        report.isolation = Isolation(level=level, name=name, missing=["seccomp"])
        assert ("seccomp" in printed(report)) is told


def test_a_fault_of_the_grader_shows_no_zero(printed):
    report = samples.all_right()
    report.status = "ungraded"
    report.reached = Decimal(0)
    assert "0 of 10" not in printed(report)


def test_points_left_out_on_this_device_are_told(printed):
    report = samples.all_right()
    report.reachable = Decimal("7.5")
    assert "of 7.5 that can be reached here (10 in all)" in printed(report)


PERFECT = {
    "en": "is right: 20 of 20 points; 5 more can be shown on another device.",
    "fr": "est juste\u00a0: 20 points sur 20\u00a0; un autre appareil peut en montrer 5 de plus.",
    "ru": "верно. Баллов: 20 из 20; ещё 5 можно показать на другом устройстве.",
}


@pytest.mark.parametrize("lang", PERFECT)
def test_a_perfect_answer_reads_as_perfect_on_any_device(lang, printed):
    report = samples.report(
        samples.check("test_here", points=20),
        samples.check("test_there", "not_run", 5, reason="device"),
        status="incomplete",
        reachable=Decimal(20),
    )
    finalise_report(report)
    text = printed(localise(report, None, lang), width=200)
    assert PERFECT[lang] in text.replace("\n", " ")
    assert ["20", "20", "25"] in [re.findall(r"\d+", line) for line in text.splitlines()]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp866", "cp1251", "utf-16"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_any_console_encoding_works(told, printed, encoding, lang):
    for plain in (True, False):
        assert printed(told(lang=lang), plain=plain, encoding=encoding)


def test_status_words_survive_a_console_without_the_marks(told, printed):
    assert "x FAIL" in re.sub(r"\x1b\[[0-9;]*m", "", printed(told(), plain=False, encoding="ascii"))


def test_formulas_in_titles_are_readable(told, printed):
    assert "Values near `0.1`, 1/n (2/2)" in printed(told(), everything=True)


def test_a_teacher_sees_which_checks_are_hidden(told, printed):
    text = printed(told(audience="teacher"), everything=True)
    assert f"Title {samples.CANARY} (HIDDEN)" in text
    for everything in (True, False):
        assert samples.CANARY not in printed(told(), everything=everything)


def test_the_same_sentence_is_said_once(printed):
    shape = samples.message("compare.shape", got="(3,)", expected="(3, 4)")
    values = samples.message("compare.value", got=1, expected=2, error=1, allowed=0)
    checks = [
        samples.check(f"test_{n}", "failed", feedback=[shape, *more])
        for n, more in enumerate([[], [values], []])
    ]
    text = printed(localise(samples.report(*checks), None, "en"), everything=True)
    assert text.count("has the shape (3,)") == 1
    assert text.count("As for “test_0”.") == 2
    assert text.index("As for") < text.index("The result is 1, but 2 is expected.")


def test_a_cell_stays_with_the_sentence_whose_line_it_places(printed):
    cell = samples.message("where.cell", cell=2)
    checks = [
        samples.check(
            f"test_{n}",
            "error",
            feedback=[
                samples.message("call.raised_nowhere", function="f", type=n, detail=""),
                cell,
            ],
        )
        for n in ("First", "Second")
    ]
    text = printed(localise(samples.report(*checks), None, "en"))
    assert text.count("within code cell 2") == 2
    assert "As for" not in text


def test_what_was_said_at_two_checks_is_referred_to_at_both(printed):
    shape = samples.message("compare.shape", got="(3,)", expected="(3, 4)")
    dtype = samples.message("compare.dtype", got="int64", expected="float64")
    checks = [
        samples.check("test_a", "failed", title="One row", feedback=[shape]),
        samples.check("test_b", "failed", title="Integers", feedback=[dtype]),
        samples.check("test_c", "failed", feedback=[dtype, shape]),
    ]
    text = printed(localise(samples.report(*checks), None, "fr"), everything=True)
    later = text.partition("test_c")[2]
    assert re.findall("Comme pour «\u00a0(.+?)\u00a0»", later) == ["Integers", "One row"]


def test_a_file_that_could_not_be_read_shows_no_points(printed):
    report = samples.not_loaded()
    report.status = "unreadable"
    report.checks = []
    assert "Points" not in printed(localise(report, None, "en"))


def test_a_complaint_about_a_file_that_loads_is_no_pass(printed):
    report = samples.all_right()
    report.load.feedback = [samples.message("quiz.unknown_question_near", id="maen", found="mean")]
    lines = printed(localise(report, None, "en")).splitlines()
    assert "NOTE  Your file" in lines
    assert "Did you mean mean?" in " ".join(lines)


def test_a_console_without_a_sign_keeps_formulas_as_they_are(printed):
    title = "From −1 to $2 \\cdot x$ …"
    report = samples.report(samples.check("test_one", title=title))
    assert r"From -1 to 2 \cdot x ..." in printed(report, encoding="ascii")
    assert "From −1 to 2·x …" in printed(report)


def test_points_that_wait_for_a_teacher_are_told(printed):
    report = samples.mixed().model_copy(update={"waiting": Decimal(3)})
    assert "(3 more wait for a teacher)" in printed(localise(report, None, "en"))
    assert "(3 de plus en attente d'un enseignant)" in printed(localise(report, None, "fr"))
    assert "wait" not in printed(localise(samples.mixed(), None, "en")).splitlines()[-1]


def test_a_teacher_is_told_what_only_the_submission_can_say(printed):
    report = samples.all_right()
    report.checks[0].on_trust = True
    told = " ".join(printed(localise(report, None, "en")).split())
    assert "may have forged them (10 points): test_one." in told
    assert "forged" not in printed(for_audience(localise(report, None, "en"), "student"))
    report.checks[0].reached = Decimal(0)
    assert "forged" not in printed(localise(report, None, "en"))


@pytest.mark.parametrize(
    ("lang", "score"), [("en", "(0.5/2)"), ("fr", "(0,5/2)"), ("ru", "(0,5/2)")]
)
def test_half_points_are_written_as_the_language_writes_them(told, printed, lang, score):
    report = told(lang=lang)
    check = report.checks[0]
    check.reached, check.maximum = Decimal("0.5"), Decimal(2)
    assert score in printed(report, everything=True)
