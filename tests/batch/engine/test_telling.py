"""Progress and summary, as they are worded."""

from dataclasses import replace
from decimal import Decimal

import pytest
from support.languages import LANGUAGES

from grader.batch.coordinator import BatchResult
from grader.batch.models import GradeRow, Unmatched
from grader.batch.outputs import KEPT, ExportResult, Kept
from grader.batch.progress import Progress, _duration
from grader.batch.summary import Summary
from grader.course.languages import Translator
from grader.gradebook.unreachable_points import UNREACHABLE


def row(number, status="graded", misconceptions=()):
    return GradeRow(
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
    graded = BatchResult(rows, sentences or {})
    found = Summary(Translator(lang), graded, unmatched).lines(80, "utf-8")
    return [line.text for line in found]


def test_a_plain_line_now_and_then():
    said = []
    with Progress(Translator("en"), 3, said.append, every=0) as progress:
        progress.row_done("graded", stored=False)
        progress.row_done("ungraded", stored=False)
        progress.row_done("graded", stored=True)
    assert said[0].startswith("1 of 3 done · ")
    assert "a second" in said[0]
    assert "left" in said[0]
    assert said[1].endswith("1 not gradable")
    assert said[-1].startswith("3 of 3 done")
    assert "left" not in said[-1]


def test_what_was_stored_does_not_count_as_speed():
    progress = Progress(Translator("en"), 3, lambda _line: None)
    progress.row_done("graded", stored=True)
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
    first = told.index("  2  ex11")
    assert "The wrong axis." in told[first + 1]
    assert "  1  ex11  rounded" in told[first + 2]


def test_a_mistake_counts_once_for_each_student():
    rows = [replace(row(0, misconceptions=("axis_0",)), attempt=n) for n in range(1, 21)]
    told = lines([*rows, row(1, misconceptions=("axis_0",))])
    assert "  2  ex11  axis_0" in told
    data = Summary(Translator("en"), BatchResult(rows), ()).data()
    assert data["misconceptions"][0]["count"] == 1


def test_points_are_summed_up_by_student():
    rows = [
        replace(row(0), attempt=1, reached=Decimal(0)),
        replace(row(0), attempt=2, reached=Decimal(2)),
        replace(row(1), reached=Decimal(0)),
        replace(row(2), reached=Decimal(2), reachable=Decimal(2)),
        *(row(3, "missing"), row(4, "unreadable"), row(5, "needs_review"), row(6, "ungraded")),
    ]
    assert "  ex11: mean 1.33 of 2; full marks: 2; zeros: 1; students: 3" in lines(rows)
    data = Summary(Translator("en"), BatchResult(rows), ()).data()
    assert data["points"] == [
        {
            "exercise": "ex11",
            "students": 3,
            "full": 2,
            "zeros": 1,
            "mean": 1.33,
            "reachable": 2.0,
            "maximum": 2.0,
        }
    ]


def test_what_cannot_be_reached_here_is_told():
    rows = [replace(row(0, "incomplete"), reachable=Decimal("1.5"))]
    assert "    of the 2 points, 1.5 can be reached on this machine" in lines(rows)


@pytest.mark.parametrize("unreachable", UNREACHABLE)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_told_how_a_part_is_entered(unreachable, lang):
    part = replace(row(0, "incomplete"), reachable=Decimal("1.5"))

    def told(rows):
        summary = Summary(Translator(lang), BatchResult(rows), (), unreachable=unreachable)
        assert summary.data()["unreachable"] == unreachable
        return "\n".join(line.text for line in summary.lines(200, "utf-8"))

    assert told([part]).count("--unreachable") == 1
    assert "--unreachable" not in told([row(0)])


def test_an_assignment_that_asks_for_the_part_alone_needs_no_decision():
    part = replace(row(0, "incomplete"), reachable=Decimal("1.5"))
    written = ExportResult("moodle", grades=1, part=frozenset({"ex11"}))
    summary = Summary(Translator("en"), BatchResult([part]), (), written)
    told = "\n".join(line.text for line in summary.lines(200, "utf-8"))
    assert "entered as they are: the assignment asks for no more" in told
    assert "--unreachable" not in told


def test_points_out_of_different_numbers_have_no_common_mean():
    part = replace(row(0, "incomplete"), reached=Decimal(1), reachable=Decimal(1))
    rows = [part, row(1), replace(row(2), reached=Decimal(2))]
    told = [line for line in lines(rows) if "mean" in line]
    assert told == [
        "  ex11: mean 1.5 of 2; full marks: 1; zeros: 0; students: 2",
        "  ex11: mean 1 of 1; full marks: 1; zeros: 0; students: 1",
    ]
    data = Summary(Translator("en"), BatchResult(rows), ()).data()["points"]
    assert [(one["students"], one["full"], one["reachable"]) for one in data] == [
        (2, 1, 2.0),
        (1, 1, 1.0),
    ]


def test_every_zero_that_no_check_decided_is_told_however_many_there_are():
    rows = [replace(row(n), reached=Decimal(0), undecided=True, why=f"w{n}") for n in range(40)]
    told = "\n".join(lines([*rows, row(50)]))
    assert told.count("0 points, and no check could decide that") == 40
    assert "more" not in told[told.index("What needs your eye") :]
    assert "    w39" in told
    review = Summary(Translator("en"), BatchResult(rows), ()).data()["review"]
    assert (len(review), review[0]["undecided"]) == (40, True)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [40, 100])
def test_who_is_not_in_the_file_is_listed_with_the_reason(lang, width):
    written = ExportResult("moodle", changed=3)
    for reason in KEPT:
        written.keep(reason, f"{reason} {'x' * 10}")
    written.kept.append(Kept("Eve", "lower", Decimal("15.00"), Decimal(7)))
    written.undated.append("Dan")
    summary = Summary(Translator(lang), BatchResult([row(0)]), (), written)
    told = [line.text for line in summary.lines(width, "utf-8")]
    assert "    Eve  15 → 7" in told
    assert "    Dan" in told
    for reason in KEPT:
        assert f"    {reason} xxxxxxxxxx" in told
    assert all(len(line.text) <= width for line in summary.preview(width))
    assert "3" in " ".join(line.text for line in summary.preview(width))


@pytest.mark.parametrize(
    ("system", "changed", "told"),
    [
        ("moodle", 1, "Moodle's preview must list 1 grade."),
        ("moodle", 0, "Moodle's preview must list 0 grades."),
        ("canvas", 2, "Canvas must show 2 changes before it takes the file."),
        ("canvas", None, ""),
        ("gradescope", None, ""),
    ],
)
def test_the_end_is_what_the_system_must_show(system, changed, told):
    summary = Summary(
        Translator("en"), BatchResult([row(0)]), (), ExportResult(system, changed=changed)
    )
    shown = " ".join(line.text for line in summary.preview(200))
    assert shown.startswith(told)
    assert bool(shown) == bool(told)


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
        ("fr", ["11 lignes en tout", "   1 travail évalué", "  10 travaux illisibles"]),
        ("ru", ["всего 11 строк", "   1 работа оценена", "  10 файлов не читаются"]),
    ],
)
def test_statuses_are_counted_in_the_forms_of_the_language(lang, texts):
    rows = [row(0), *(row(number, "unreadable") for number in range(10))]
    assert lines(rows, lang=lang)[:3] == texts


@pytest.mark.parametrize(("lang", "text"), [("fr", "1 ligne en tout"), ("ru", "всего 1 строка")])
def test_other_languages(lang, text):
    assert lines([row(0)], lang=lang)[0] == text
