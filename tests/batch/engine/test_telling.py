"""Progress and summary, as they are worded."""

from dataclasses import replace
from decimal import Decimal

import pytest

from grader.batch.coordinator import Graded
from grader.batch.models import Row, Unmatched
from grader.batch.progress import Progress, _duration
from grader.batch.summary import Summary
from grader.course.languages import Translator


def row(number, status="graded", misconceptions=()):
    return Row(
        student=f"s{number}",
        name=f"Student {number}\x1b[31m",
        exercise="ex11",
        status=status,
        reached=Decimal(1),
        maximum=Decimal(2),
        report=f"reports/s{number}/ex11-1.json",
        misconceptions=misconceptions,
    )


def lines(rows, unmatched=(), lang="en", sentences=None):
    graded = Graded(rows, sentences or {})
    found = Summary(Translator(lang), graded, unmatched).lines(80, "utf-8")
    return [line.text for line in found]


def test_a_plain_line_now_and_then():
    said = []
    with Progress(Translator("en"), 3, said.append, every=0) as progress:
        progress.advance("graded", stored=False)
        progress.advance("ungraded", stored=False)
        progress.advance("graded", stored=True)
    assert said[0].startswith("1 of 3 done · ")
    assert "a second" in said[0]
    assert "left" in said[0]
    assert said[1].endswith("1 not gradable")
    assert said[-1].startswith("3 of 3 done")
    assert "left" not in said[-1]


def test_what_was_stored_does_not_count_as_speed():
    progress = Progress(Translator("en"), 3, lambda _line: None)
    progress.advance("graded", stored=True)
    assert progress.line() == "1 of 3 done"


def test_an_empty_batch_says_nothing():
    said = []
    with Progress(Translator("en"), 0, said.append):
        pass
    assert said == []


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "0:00"), (67, "1:07"), (3599, "59:59"), (11105, "3:05:05")]
)
def test_a_duration_reads_as_a_clock(seconds, text):
    assert _duration(seconds) == text


def test_the_commonest_mistakes_come_first_with_their_sentence():
    rows = [row(0, misconceptions=("axis_0",)), row(1, misconceptions=("axis_0", "rounded"))]
    told = lines(rows, sentences={("ex11", "axis_0"): "The wrong axis."})
    first = told.index("  2  ex11  axis_0")
    assert "The wrong axis." in told[first + 1]
    assert "  1  ex11  rounded" in told[first + 2]


def test_what_needs_the_teacher_is_named_and_clean():
    told = "\n".join(lines([row(0), row(1, "needs_review"), row(2, "ungraded")]))
    assert "ex11  Student 2  not graded, through no fault of the student's  reports/s2/" in told
    assert told.index("Student 2 ") < told.index("Student 1 ")
    assert "Student 0" not in told
    assert "\x1b" not in told


def test_what_kept_a_file_from_being_graded_is_told_once():
    why = ["checks.py is broken", "checks.py is broken", "the disk"]
    rows = [replace(row(n, "ungraded"), why=text) for n, text in enumerate(why)]
    told = lines(rows)
    first = told.index("    checks.py is broken")
    assert "Student 0 " in told[first - 1]
    assert "Student 1 " in told[first + 1]
    assert told[-1] == "    the disk"


def test_a_long_list_is_cut_short():
    told = lines([row(number, "unreadable") for number in range(13)])
    assert told[-1] == "  and 3 more"


def test_every_unmatched_file_is_listed_by_reason():
    files = [Unmatched(f"file{n}.txt", "batch.no_exercise") for n in range(30)]
    told = lines([row(0)], [*files, Unmatched("other", "batch.link")])
    assert sum("file" in line and ".txt" in line for line in told) == 30
    assert told[-1] == "    other"


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        ("en", ["11 rows in all", "   1 graded", "  10 unreadable"]),
        ("fr", ["11 lignes en tout", "   1 travail noté", "  10 travaux illisibles"]),
        ("ru", ["всего 11 строк", "   1 работа оценена", "  10 файлов не читаются"]),
    ],
)
def test_statuses_are_counted_in_the_forms_of_the_language(lang, texts):
    rows = [row(0), *(row(number, "unreadable") for number in range(10))]
    assert lines(rows, lang=lang)[:3] == texts


@pytest.mark.parametrize(("lang", "text"), [("fr", "1 ligne en tout"), ("ru", "всего 1 строка")])
def test_other_languages(lang, text):
    assert lines([row(0)], lang=lang)[0] == text
