"""Feedback to hand back: the pages of students, and comments made of the same reports."""

import csv
import io
from dataclasses import replace

import pytest
from support import samples
from support.languages import LANGUAGES
from support.pages import HOSTILE, Seen, require_harmless

from grader.batch.feedback.comment import LINE, short_comment
from grader.batch.feedback.pages import language_of
from grader.batch.roster import read_roster
from grader.pages.feedback_page import LIMIT, FeedbackPart, feedback_page
from grader.pages.source import Line, marked_source
from grader.report.audience import for_audience
from grader.report.localise import localise
from grader.report.view import view


def a_part(**changes):
    report = localise(samples.mixed(), None, "en")
    for name, value in changes.items():
        setattr(report, name, value)
    return FeedbackPart(for_audience(report, "student"))


@pytest.mark.parametrize(
    "text", [*HOSTILE, "\\alpha\\", 'print("\\"", 1)', "$$x$$ \\(y\\) \\[z\\]"]
)
def test_a_comment_has_no_markup_of_a_student_s_and_no_sign_that_a_system_reads(text):
    part = a_part()
    for check in part.report.checks:
        check.title = text
        for message in (*check.feedback, *check.remarks):
            message.text = text
    part.report.headline.text = text
    comment = short_comment([part])
    assert not {"\\", "$", "\n", "\r"} & set(comment)
    seen = Seen(comment)
    assert {tag for tag, _ in seen.tags} <= {"p", "ul", "li"}
    assert all(not attributes for _, attributes in seen.tags)
    assert seen.open == []
    # As PHP reads a table: what stands behind it is in its own column.
    table = io.StringIO()
    csv.writer(table, quoting=csv.QUOTE_ALL).writerow(["13", comment, "behind"])
    read = csv.reader(io.StringIO(table.getvalue(), newline=""), escapechar="\\")
    assert next(read) == ["13", comment, "behind"]


def test_a_comment_is_short_and_says_what_is_left_out():
    part = a_part()
    for check in part.report.checks:
        for message in check.feedback:
            message.text = "long " * 1000
    comment = short_comment([part, part])
    assert len(comment) < 2 * 10 * LINE * 2
    assert "…" in comment
    assert comment.count("ex11") == 2  # of several exercises each is named


# Pages


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_holds_every_exercise_in_the_student_s_language(lang):
    parts = [
        FeedbackPart(for_audience(localise(one, None, lang), "student"))
        for one in (samples.mixed(), samples.all_right())
    ]
    seen = require_harmless(feedback_page(parts, lang))
    assert seen.tags[0] == ("html", {"lang": lang})
    assert all(view(part.report).headline in seen.text for part in parts)


def test_a_page_shows_reports_for_students_alone():
    teacher = localise(samples.mixed(), None, "en")
    for parts in ([FeedbackPart(teacher)], [a_part(), FeedbackPart(teacher)], []):
        with pytest.raises(ValueError, match="students"):
            feedback_page(parts, "en")


def test_a_large_page_leaves_out_the_file_first_and_then_what_was_found():
    part = a_part()
    lines = [Line(None, number, "x" * 900) for number in range(1, 380)]
    source = marked_source(part.report, "ex11.py", lines)
    page = feedback_page([replace(part, source=source)], "en")
    assert len(page.encode()) <= LIMIT
    assert "Your file is not shown here" in page
    assert "entry cause" in page
    for check in part.report.checks:
        for message in check.feedback:
            message.text = "<" * 8000
    page = feedback_page([part] * 40, "en")
    assert len(page.encode()) <= LIMIT
    assert "Your teacher has it" in page
    require_harmless(page)


def test_what_counts_instead_is_told():
    page = feedback_page([replace(a_part(), decided="That is <what> counts.")], "en")
    assert "That is &lt;what&gt; counts." in page


@pytest.mark.parametrize(
    ("told", "lang"),
    [
        ("fr", "fr"),
        ("fr_CA", "fr"),
        ("French", "fr"),
        ("Français", "fr"),
        ("русский", "ru"),
        ("Русский", "ru"),
        ("anglais", "en"),
        ("tlh", ""),
        ("", ""),
        ("\x00", ""),
        ("x" * 500, ""),
    ],
)
def test_a_language_is_known_by_its_code_or_name(told, lang):
    assert language_of(told) == lang


def test_a_roster_may_tell_the_language(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("id;nom;Langue\n1;Ada;ru\n2;Bob;\n", encoding="utf-8")
    assert [one.lang for one in read_roster(path).students] == ["ru", ""]
