"""``grader batch --format``: what a teacher gets to import, and what is refused before judging."""

import csv
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from support.text_blocks import block

from grader.batch.coordinator import _why
from grader.batch.outputs import worth
from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.report.models import CheckResult, ExerciseInfo, LoadResult, Message, Report

pytestmark = pytest.mark.slow

TINY = Path(__file__).resolve().parents[2] / "courses" / "tiny"
RIGHT = block("""
    def double(x):
        return 2 * x
""")
BROKEN = "import nothing_like_it\n"
BATCH = (
    *("batch", "class", "--exercise", "ex01", "--out", "out", "--jobs", "1"),
    *("--course", str(TINY), "--require-isolation", "own-code-only"),
)
MOODLE = ("--format", "moodle", "--template", "worksheet.csv")
WORKSHEET = """\
Identifier,"Full name",Status,Grade,"Maximum grade","Grade can be changed","Last modified (grade)"
"Participant 101","Ada One",x,,4.00,Yes,-
"Participant 102","Bob Two",x,3.00,4.00,Yes,"Saturday, 28 November 2026, 8:19 PM"
"Participant 103","Cyd Three","No submission - ",,4.00,Yes,-
"""


@pytest.fixture
def moodle(grader):
    """Make a download of Moodle's: (name, number, text) each, and the worksheet."""

    def make(*handed_in, worksheet=WORKSHEET):
        for name, number, text in handed_in:
            folder = grader.folder / "class" / f"{name}_{number}_assignsubmission_file"
            folder.mkdir(parents=True)
            (folder / "ex01.py").write_text(text, encoding="utf-8")
        grader.write("worksheet.csv", worksheet)

    return make


def written(grader, system="moodle"):
    path = grader.folder / "out" / f"{system}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("roster", [(), ("--roster", "worksheet.csv")])
def test_a_download_of_another_class_writes_nothing(roster, grader, moodle):
    moodle(("Zed Nine", 909, RIGHT))
    done = grader.run(*BATCH, *roster, *MOODLE)
    assert done.returncode == 2
    assert "Nothing was graded" in done.stderr
    assert not (grader.folder / "out").exists()


def test_a_download_that_answers_nothing_writes_nothing_and_lists_all(grader, moodle):
    moodle(("Ada One", 101, RIGHT))
    file = next((grader.folder / "class").rglob("ex01.py"))
    file.rename(file.with_name("ex02.py"))
    own = (*BATCH, "--roster", "worksheet.csv", *MOODLE)
    done = grader.run(*own)
    assert done.returncode == 2
    assert "Nothing was graded and nothing was written" in done.stderr
    assert "ex02.py" in done.stdout
    assert not (grader.folder / "out").exists()
    done = grader.run(*own, "--json")
    assert done.returncode == 2
    data = json.loads(done.stdout)
    assert (data["rows"], len(data["unmatched"])) == (0, 1)


@pytest.mark.parametrize("roster", [(), ("--roster", "worksheet.csv")])
def test_whoever_handed_in_nothing_keeps_the_grade_and_is_listed(roster, grader, moodle):
    moodle(("Ada One", 101, RIGHT))
    done = grader.run(*BATCH, *roster, *MOODLE)
    assert done.returncode == 0
    assert written(grader) == [
        ["Identifier", "Grade", "Last modified (grade)"],
        ["Participant 101", "4", "-"],
        ["Participant 102", "3.00", "2026-11-28 20:19"],
        ["Participant 103", "", "-"],
    ]
    told = done.stdout[done.stdout.index("Not written to the file to import") :]
    assert "Bob Two" in told
    assert "Cyd Three" in told
    assert "Moodle's preview must list 1 grade. " in " ".join(done.stdout.split("\n")[-4:])


def test_zeros_and_lower_grades_are_decided_one_by_one(grader, moodle):
    moodle(("Ada One", 101, RIGHT))
    own = (*BATCH, "--roster", "worksheet.csv", *MOODLE)
    done = grader.run(*own, "--zero", "missing,unreadable")
    assert [line[1] for line in written(grader)[1:]] == ["4", "3.00", "0"]
    assert "Bob Two  3 → 0" in done.stdout
    grader.run(*own, "--zero", "missing", "--zero", "unreadable", "--allow-lower")
    assert [line[1] for line in written(grader)[1:]] == ["4", "0", "0"]
    with (grader.folder / "out" / "grades.csv").open(encoding="utf-8", newline="") as file:
        assert [row["points"] for row in csv.DictReader(file)] == ["4", "0", "0"]


def test_feedback_is_written_for_the_upload_in_the_order_that_moodle_needs(grader, moodle):
    moodle(
        ("Ada One", 101, RIGHT),
        ("Bob Two", 102, BROKEN),
        worksheet="\n".join(
            f"{line},{'Feedback comments' if at == 0 else 'old'}"
            for at, line in enumerate(WORKSHEET.splitlines())
        ),
    )
    own = (*BATCH, *MOODLE, "--feedback")
    done = grader.run(*own)
    assert done.returncode == 0, done.stderr
    told = " ".join(done.stdout.split())
    order = "first moodle.csv (Upload grading worksheet), then moodle-feedback.zip"
    assert order in told
    with zipfile.ZipFile(grader.folder / "out" / "moodle-feedback.zip") as file:
        assert file.namelist() == [
            "Ada One_101_assignfeedback_file/feedback.html",
            "Bob Two_102_assignfeedback_file/feedback.html",
        ]
        pages = [file.read(name).decode() for name in file.namelist()]
    own_pages = sorted((grader.folder / "out" / "feedback").glob("*/feedback.html"))
    assert sorted(pages) == sorted(path.read_text(encoding="utf-8") for path in own_pages)
    # Bob's words are on Bob's page alone.
    assert ["nothing_like_it" in page for page in pages] == [False, True]
    assert written(grader)[0] == ["Identifier", "Grade", "Last modified (grade)"]
    data = json.loads(grader.run(*own, "--comments", "--json").stdout)
    assert data["feedback"] == {
        "pages": 2,
        "archive": "moodle-feedback.zip",
        "files": 2,
        "without": [],
    }
    assert data["judged"] == 0
    lines = {line[0]: line[3] for line in written(grader)}
    assert lines["Participant 101"].startswith("<p>")
    assert "does not define double" in lines["Participant 102"]
    assert "Participant 103" not in lines


def test_another_maximum_is_refused_before_anything_is_judged(grader, moodle):
    moodle(("Ada One", 101, RIGHT), worksheet=WORKSHEET.replace("4.00", "100.00"))
    done = grader.run(*BATCH, *MOODLE)
    assert done.returncode == 2
    assert "--scale" in done.stderr
    assert not (grader.folder / "out").exists()
    assert grader.run(*BATCH, *MOODLE, "--scale").returncode == 0
    assert written(grader)[1][1] == "100"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--zero", "missing,late"), "--zero takes missing, unreadable"),
        (("--allow-lower",), "--allow-lower and --scale go with --format"),
        (("--scale",), "--allow-lower and --scale go with --format"),
        (("--comments",), "--comments goes with --format moodle"),
        (("--format", "canvas", "--template", "worksheet.csv"), "has no column Student"),
        (("--format", "moodle", "--template", "nowhere.csv"), "nowhere.csv cannot be read"),
    ],
)
def test_what_cannot_work_is_told_before_anything_is_judged(options, sentence, grader, moodle):
    moodle(("Ada One", 101, RIGHT))
    done = grader.run(*BATCH, *options)
    assert done.returncode == 2
    assert sentence in " ".join(done.stderr.split())
    assert not (grader.folder / "out").exists()


def test_the_summary_tells_the_points_and_zeros_that_no_check_decided(grader, moodle):
    wrong = block("""
        def double(x):
            return x
    """)
    moodle(("Ada One", 101, RIGHT), ("Bob Two", 102, BROKEN), ("Cyd Three", 103, wrong))
    done = grader.run(*BATCH)
    assert "ex01: mean 1.33 of 4; full marks: 1; zeros: 2; students: 3" in done.stdout
    eye = done.stdout[done.stdout.index("What needs your eye") :]
    assert "Bob Two  0 points, and no check could decide that" in eye
    assert "double(x)" in eye
    assert "Cyd Three" not in eye


def test_what_cannot_be_reached_here_is_known_before():
    course = Course(builtin_root())
    assert worth(course.exercise("ex42")).reachable == 20
    assert worth(course.exercise("ex42"), "cuda").reachable == 25
    assert worth(course.exercise("ex11")).reachable == worth(course.exercise("ex11")).maximum


def judged(*statuses, load="passed", status="graded", reached="0"):
    """Make a report whose checks ended so."""

    def ended(name, text):
        return {"status": name, "feedback": [Message(id="x", text=text)]}

    return Report(
        exercise=ExerciseInfo(id="ex11", slug="softmax", kind="code", course="nn"),
        status=status,
        reached=Decimal(reached),
        reachable=Decimal(20),
        maximum=Decimal(20),
        load=LoadResult(**ended(load, "" if load == "passed" else "The import fails.")),
        checks=[
            CheckResult(id=f"c{n}", maximum=Decimal(4), **ended(name, f"It was {name}."))
            for n, name in enumerate(statuses)
        ],
    )


@pytest.mark.parametrize(
    ("report", "why"),
    [
        (judged("not_run", "not_run", load="error"), "The import fails."),
        (judged("timeout", "not_run"), "It was timeout."),
        (judged("memory", "crash"), "It was memory."),
        (judged("failed", "not_run"), None),
        (judged("not_run", "error"), None),
        (judged("not_run", status="ungraded"), None),
        (judged("passed", "timeout", reached="4"), None),
    ],
)
def test_a_zero_is_decided_by_a_check_that_found_something_wrong(report, why):
    assert report.undecided == (why is not None)
    assert _why(report) == (why or "")
