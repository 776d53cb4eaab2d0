"""How causes are told: the call that shows them, in the room there is."""

import ast
import re

import hypothesis.strategies as st
import pytest
from hypothesis import given
from rich.text import Text
from support import samples
from support.languages import LANGUAGES
from support.samples import check, message

from grader.report.causes import causes_of
from grader.report.localise import localise
from grader.report.models import Isolation, LoadResult, Output, Printed, ShownArgument, ShownCall
from grader.report.screen_space import broken, without_middle
from grader.report.terminal import LINES
from grader.report.wording import shortened

ROWS = ", ".join(f"[{n}.53125, -0.25, 1.5, 0.125, -1.0]" for n in range(40))
WRONG = message("compare.values", **samples.VALUES)


def call(code="np.array([1.0, 2.0])", **fields):
    argument = ShownArgument(name="x", code=code)
    values = {"got": "0.5", "expected": "0.25", "program": ["softmax(x)"], **fields}
    return ShownCall(function="softmax", arguments=[argument], **values)


def failing(*feedback, **fields):
    return check(
        "test_one", "failed", title="One row", feedback=list(feedback or [WRONG]), **fields
    )


def lines_of(printed, *checks, everything=False, width=80, lang="en", **fields):
    report = localise(samples.report(*checks, **fields), None, lang)
    return printed(report, everything=everything, width=width).splitlines()


def test_a_cause_is_sentence_place_call_and_the_other_checks(printed):
    others = [check(f"test_{n}", "failed", title=f"Row {n}", feedback=[WRONG]) for n in (1, 2)]
    lines = lines_of(printed, failing(call=call(entry="row 0, class 1")), *others, check("test_x"))
    assert lines[2:] == [
        "FAIL  The value at [0, 1] is 0.5, but 0.25 is expected. It is the worst one: its",
        "      error is 0.25, and 1e-07 would be allowed. Work out this one entry by hand",
        "      and compare step by step.",
        "      At the check “One row” (0/2):",
        "      x = np.array([1.0, 2.0])",
        "      softmax(x)",
        "      entry     row 0, class 1",
        "      got       0.5",
        "      expected  0.25",
        "      The same at 2 more checks (4 points): Row 1; Row 2",
        "PASS  1 check (2 points): test_x",
        "",
        "Points: 2 of 8",
    ]


def test_a_known_mistake_is_told_without_the_bare_facts(printed):
    named = message("exercise.axis")
    named.text = "You sum over the wrong axis."
    raised = message("call.raised", function="f", type="E", detail="no", line=3)
    report = localise(samples.report(failing(named, raised, misconception="axis")), None, "en")
    report.checks[0].feedback[0].text = named.text
    text = printed(report)
    assert "You sum over the wrong axis." in text
    assert "This shows in line 3 of your file." in text
    assert "stops" not in text


@pytest.mark.parametrize(
    ("room", "kept"),
    [
        (3, "a1 … f"),
        (4, "a1 a2 … f"),
        (5, "a1 a2 b … f"),
        (6, "a1 a2 b … f"),
        (1, "f"),
    ],
)
def test_of_a_long_program_the_call_itself_is_kept(room, kept):
    lines = {name: Text(name) for name in ("a1", "a2", "b", "c1", "c2", "f")}
    program = [[lines["a1"], lines["a2"]], [lines["b"]], [lines["c1"], lines["c2"]], [lines["f"]]]
    found = without_middle(program, room, Text("…"))
    assert " ".join(line.plain for line in found) == kept


def test_code_that_is_broken_into_lines_is_still_the_same_python():
    code = f"x = np.array([{ROWS}])"
    lines = broken(code, 60, "    ")
    assert max(map(len, lines)) <= 60
    assert ast.dump(ast.parse("\n".join(lines))) == ast.dump(ast.parse(code))


def test_a_comment_behind_code_stays_a_comment_where_it_is_broken():
    note = "'W1': [2:3], shape (5, 6), 'W2': [0:1], shape (8, 8)"
    code = f"params = {{'a': np.array([{ROWS}])}}"
    lines = broken(f"{code}  # {note}", 40, "    ")
    assert max(map(len, lines)) <= 40
    assert ast.dump(ast.parse("\n".join(lines))) == ast.dump(ast.parse(code))
    assert broken("x = 'a  # b'", 8) == ["x = 'a  ", "# b'"]
    assert broken("x = 1  # [0:1]", 40) == ["x = 1  # [0:1]"]


def test_a_long_call_is_cut_and_its_values_are_not(printed):
    lines = lines_of(printed, failing(call=call(f"np.array([{ROWS}])")))
    assert len(lines) == LINES
    assert "      …" in lines
    assert "      got       0.5" in lines
    everything = lines_of(printed, failing(call=call(f"np.array([{ROWS}])")), everything=True)
    assert "39.53125" in " ".join(everything)


def test_a_long_value_is_cut(printed):
    lines = lines_of(printed, failing(call=call(got=f"np.array([{ROWS}])")))
    at = next(n for n, line in enumerate(lines) if line.startswith("      got"))
    assert lines[at + 1].endswith("…")
    assert lines[at + 2].startswith("      expected")


def test_causes_that_find_no_room_are_counted(printed):
    checks = [
        check(
            f"test_{n}",
            "error",
            feedback=[message("call.raised", function="f", type="E", detail="no", line=n)],
        )
        for n in range(12)
    ]
    lines = lines_of(printed, *checks)
    assert len(lines) <= LINES
    text = " ".join(" ".join(lines).split())
    told = len(re.findall("stops in line", text))
    assert f"For other reasons {12 - told} checks" in text
    assert "`--all`" in text
    assert len(lines_of(printed, *checks, everything=True)) > LINES


@pytest.mark.parametrize("everything", [False, True])
def test_what_was_printed_stands_under_its_check(printed, everything):
    during = Printed(first="first\n", dropped=70, last="last\nof all\n")
    lines = lines_of(
        printed,
        failing(printed=during),
        output=Output(text="not once more\n"),
        everything=everything,
    )
    at = lines.index("      Printed meanwhile")
    assert lines[at + 1 : at + 5] == [
        "      | first",
        "      | … (70 bytes are left out here)",
        "      | last",
        "      | of all",
    ]
    assert "not once more" not in "".join(lines)


def test_without_prints_of_the_check_the_end_of_all_is_shown(printed):
    lines = lines_of(printed, failing(), output=Output(text="shown\n"))
    assert "| shown" in lines


def test_what_a_file_is_noted_for_stands_behind_the_causes(printed):
    note = message("note.import", module="seaborn", line=2)
    lines = lines_of(printed, failing(), load=LoadResult(status="passed", feedback=[note]))
    assert lines[2].startswith("FAIL")
    assert "NOTE  Your file" in lines


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "The same at 5 more checks (5 points):"),
        ("fr", "De même pour 5 autres tests (5 points) :"),
        ("ru", "То же самое — ещё 5 проверок (5 баллов):"),
    ],
)
def test_points_and_checks_are_counted_in_words(printed, lang, expected):
    checks = [check(f"test_{n}", "failed", points=1, feedback=[WRONG]) for n in range(6)]
    text = " ".join(" ".join(lines_of(printed, *checks, lang=lang)).split())
    assert expected in text


def test_a_colon_and_semicolons_are_set_as_the_language_sets_them(printed):
    others = [check(f"test_{n}", "failed", title=f"Row {n}", feedback=[WRONG]) for n in (1, 2)]
    lines = lines_of(printed, failing(call=call()), *others, lang="fr")
    text = " ".join(" ".join(lines).split())
    assert "Au test « One row » (0/2) :" in text
    assert "Row 1 ; Row 2" in text


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        (
            "One batch, whose rows are all of them far apart",
            "One batch, whose rows are all of them…",
        ),
        (
            "A plain number on the right: `x + 3`, `x * 4.5`",
            "A plain number on the right: `x + 3`…",
        ),
        ("x" * 50, "x" * 39 + "…"),
    ],
)
def test_a_title_is_cut_between_words(title, cut):
    assert shortened(title, 40) == cut


def test_a_title_on_one_line_keeps_the_space_before_a_french_sign():
    assert shortened("Quelle\n  ligne\u00a0?\n") == "Quelle ligne\u00a0?"


feedbacks = st.lists(
    st.sampled_from(
        [
            WRONG,
            message("compare.shape", got="(3,)", expected="(3, 4)"),
            message("call.raised", function="f", type="E", detail="long " * 60, line=7),
            message("where.cell", cell=2),
            message("static.forbidden", name="torch.softmax", line=3),
        ]
    ),
    min_size=1,
    max_size=6,
)
statuses = st.sampled_from(
    ["passed", "failed", "error", "crash", "timeout", "memory", "needs_review"]
)
calls = st.one_of(
    st.none(),
    st.builds(
        call, st.sampled_from(["1", f"np.array([{ROWS}])"]), entry=st.sampled_from(["", "e"])
    ),
)
titles = st.sampled_from(["One row", "A batch " * 20, "`x` is $\\frac{1}{n}$"])


@st.composite
def reports(draw):
    checks = [
        check(
            f"test_{n}",
            draw(statuses),
            title=draw(titles),
            feedback=draw(feedbacks),
            call=draw(calls),
        )
        for n in range(draw(st.integers(1, 14)))
    ]
    printed = draw(st.sampled_from(["", "a line\n" * 50]))
    report = samples.report(
        check("test_failing", "failed", feedback=[WRONG]), *checks, output=Output(text=printed)
    )
    report.isolation = draw(
        st.sampled_from([None, Isolation(level=0, name="own-code-only", missing=["seccomp"] * 8)])
    )
    report.next = message("next.mend", check="test_failing", exercise="ex11")
    return report


@given(reports(), st.sampled_from(LANGUAGES), st.sampled_from([80, 100, 200]))
def test_a_report_that_fails_is_no_longer_than_a_screen(printed, report, lang, width):
    report.causes = causes_of(report)
    told = localise(report, None, lang)
    for plain in (True, False):
        assert len(printed(told, width=width, plain=plain).splitlines()) <= LINES


@pytest.mark.parametrize(("notes", "shown"), [(1, True), (9, False)])
def test_a_colon_announces_the_call_of_a_later_cause_where_it_has_room(printed, notes, shown):
    other = message("exercise.other")
    other.text = "Another mistake."
    later = check("test_two", "failed", title="Row", feedback=[other], call=call())
    said = [message("quiz.line_range", line=n, last=1) for n in range(notes)]
    load = LoadResult(status="passed", feedback=said)
    lines = lines_of(printed, failing(call=call()), later, load=load)
    at = next(n for n, line in enumerate(lines) if "At the check “Row”" in line)
    assert (lines[at + 1].strip() == "x = np.array([1.0, 2.0])") == shown
    assert lines[at].endswith("(0/2):" if shown else "(0/2).")


def test_questions_in_a_row_are_quoted_and_what_waits_has_no_points_yet(printed):
    open_ = [
        check(f"q{n}", "unanswered", 1, blame=None, title=title, feedback=[WRONG])
        for n, title in enumerate(("Why squared?", "What for?"))
    ]
    waits = check("q3", "needs_review", 3, blame=None, title="Say it.", feedback=[WRONG])
    report = samples.report(check("q4", title="And why?"), check("q5", title="A."), *open_, waits)
    report.exercise.kind = "quiz"
    text = " ".join(printed(localise(report, None, "fr")).split())
    assert "« What for? »" in text
    assert "« And why? » ; « A. »" in text
    assert "(?/3)" in text
    assert "?;" not in text
    assert "? ;" not in text


def test_a_title_that_is_cut_behind_a_question_has_no_other_sign():
    assert shortened("What for? Name all that there is.", 14) == "What for?"
    assert (
        shortened(r"Backward: $\partial g/\partial p$", 20) == r"Backward: $\partial g/\partial p$"
    )
    assert shortened(r"Backward: $\partial g/\partial p$ and more of it", 20) == "Backward…"
    assert shortened("It shrinks. Why does it so, and when?", 14) == "It shrinks…"
