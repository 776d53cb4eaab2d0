"""Feedback to hand back: the zips of learning systems, read as they read them, and comments."""

import csv
import hashlib
import io
import zipfile
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from support.languages import LANGUAGES

from grader.batch.errors import BatchError
from grader.batch.feedback.hand_back import HandedBack, hand_back
from grader.batch.lms.export import ExportTask
from grader.batch.lms.exports.moodle import MoodleExport
from grader.batch.lms.feedback_archive import WITHOUT_FILE
from grader.batch.lms.ownership import Owner
from grader.batch.lms.registry import export_names, feedback_of
from grader.batch.models import GradeRow, MatchedFile
from grader.batch.outputs.rules import KEPT, Rules, Worth
from grader.course.languages import Translator

WORTHS = {"ex11": Worth(Decimal(10), Decimal(10))}
STATUS = "Submitted for grading - "


@dataclass
class Given:
    """What a student gets back, without the reports that it is made of."""

    student: str
    name: str
    handed: tuple = ()
    lang: str = "en"
    text: str = ""

    @property
    def path(self):
        return f"feedback/{self.student}/feedback.html"

    def write(self):
        pass

    def page(self, lang=None):
        return f"{self.text or self.student} {lang or self.lang}".encode()


def given(number, name, *, folder=None, lang="en", file="ex11.py", text=""):
    """Return feedback for a student with the file of Moodle's download: ``folder`` is its name."""
    owner = Owner((), folder or name, str(number), passing=True, packed=True)
    handed = MatchedFile(str(number), name, "ex11", file, bytes, owner=owner)
    return Given(f"{number}@x.org", name, (handed,), lang, text)


@pytest.fixture
def sheet(tmp_path):
    """Write Moodle's worksheet, of (number, name, status, group) each."""

    def make(*people, group=False):
        text = io.StringIO()
        table = csv.writer(text)
        titles = ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade"]
        titles += [*(["Group"] if group else []), "Last modified (grade)", "Feedback comments"]
        table.writerow(titles)
        for number, name, status, team in people:
            cells = [f"Participant {number}", name, f"{number}@x.org", status, "", "10.00"]
            table.writerow([*cells, *([team] if group else []), "-", "as it was"])
        path = tmp_path / "worksheet.csv"
        path.write_text(text.getvalue(), encoding="utf-8-sig")
        return path

    return make


@pytest.fixture
def packed(tmp_path):
    """Return what writes the zip of a system, and gives its files and who has none."""

    def write(system, feedback, template=None, lang="en"):
        archive = feedback_of(system)(ExportTask(WORTHS, template), lang)
        done = hand_back(feedback, [], tmp_path, archive, "grades.csv")
        path = tmp_path / archive.writes
        files = {}
        if path.exists():
            with zipfile.ZipFile(path) as file:
                files = {name: file.read(name) for name in file.namelist()}
        return files, {one.student: one.reason for one in done.without}, done

    return write


def as_moodle_reads(files, own=()):
    """Return the file of each number, as the importer takes them; ``own``: the students' files.

    It looks for two parts in front of the kind of file, and passes over hidden files, and over what
    a student has handed in.
    """
    taken = {}
    for path, data in files.items():
        *folders, name = path.split("/")
        if name.startswith((".", "~")) or hashlib.sha1(data).hexdigest() in own:  # noqa: S324
            continue
        for part in (*folders, name):
            pieces = part.split("_", 4)
            if (
                len(pieces) >= 4
                and pieces[1].isdigit()
                and pieces[2:4] == ["assignfeedback", "file"]
            ):
                assert pieces[1] not in taken
                taken[pieces[1]] = data
                break
    return taken


NAMES = [
    "Mary_Ann O'Neil",
    'José "Pepe" Núñez',
    "Ben & Co",
    ".hidden",
    "~home",
    "_",
    "../../etc/passwd",
    "Ann/Anna Back\\",
    "Ann <b>",
    "Анна Ёлкина",
    "名",
    "",
    "x" * 300,
    "\x1b[31mred\u202e",
    "\udcff",
    "12_34",
]


@pytest.mark.parametrize("name", NAMES)
def test_every_name_arrives_at_its_number(name, packed, sheet):
    template = sheet((13, name.encode("utf-8", "replace").decode(), STATUS, ""))
    files, without, _ = packed(
        "moodle", [given(13, name.encode("utf-8", "replace").decode())], template
    )
    assert without == {}
    assert as_moodle_reads(files) == {"13": b"13@x.org en"}
    (path,) = files
    assert not path.startswith((".", "~", "/"))
    assert ".." not in path
    assert len(path.encode()) < 255


def test_two_students_of_one_name_get_a_file_each(packed, sheet):
    template = sheet((13, "Zoë Müller", STATUS, ""), (14, "Zoë Müller", STATUS, ""))
    both = [given(13, "Zoë Müller"), given(14, "Zoë Müller")]
    files, without, done = packed("moodle", both, template)
    assert as_moodle_reads(files) == {"13": b"13@x.org en", "14": b"14@x.org en"}
    assert (without, done.files, done.archive) == ({}, 2, "moodle-feedback.zip")


def test_who_is_not_known_for_sure_gets_no_file_and_is_told_of(packed, sheet):
    template = sheet(
        (13, "Ada One", STATUS, ""),
        (14, "Bob Two", STATUS, ""),
        (15, "Cyd", "Draft (not submitted)", ""),
        (16, "Dan", "Reopened - Graded", ""),
    )
    other = replace_number(given(14, "Bob Two"), "444")  # that of another assignment
    several = [given(13, "Ada One"), other, given(15, "Cyd"), given(16, "Dan"), given(99, "Zed")]
    files, without, done = packed("moodle", several, template)
    assert as_moodle_reads(files) == {"13": b"13@x.org en"}
    assert without == {
        "Bob Two": "not_theirs",
        "Cyd": "unfinished",
        "Dan": "unfinished",
        "Zed": "no_line",
    }
    assert done.data()["files"] == 1


def replace_number(one, number):
    owner = replace(one.handed[0].owner, number=number)
    return replace(one, handed=(replace(one.handed[0], owner=owner),))


def test_two_with_one_line_get_no_file(packed, sheet):
    template = sheet((13, "Ada One", STATUS, ""))
    twice = [given(13, "Ada One"), Given("one", "One, Ada")]
    files, without, _ = packed("moodle", twice, template)
    assert (files, without) == ({}, {"Ada One": "ambiguous", "One, Ada": "ambiguous"})


def test_files_that_are_not_of_moodle_s_download_go_by_the_worksheet(packed, sheet):
    template = sheet((13, "Ada One", STATUS, ""))
    plain = MatchedFile("13@x.org", "Ada One", "ex11", "ada/ex11.py", bytes)
    files, without, _ = packed("moodle", [Given("13@x.org", "Ada One", (plain,))], template)
    assert as_moodle_reads(files) == {"13": b"13@x.org en"}
    template = sheet((13, "Ada One", STATUS, "Green"), group=True)
    files, without, _ = packed("moodle", [Given("13@x.org", "Ada One", (plain,))], template)
    assert (files, without) == ({}, {"Ada One": "team_number"})


def test_a_team_gets_one_file_under_the_number_of_the_group(packed, sheet):
    template = sheet(
        (13, "Ada One", STATUS, "Équipe_Ω"),
        (14, "Bob Two", STATUS, "Équipe_Ω"),
        (110, "Cyd Three", STATUS, "Red"),  # the number of the first team
        (15, "Dan", STATUS, ""),
        group=True,
    )
    team = {"folder": "Équipe Ω", "text": "both"}
    members = [
        Given(f"{n}@x.org", name, given(110, name, **team).handed, "en", "both")
        for n, name in ((13, "Ada One"), (14, "Bob Two"))
    ]
    red = Given("110@x.org", "Cyd Three", given(7, "Cyd Three", folder="Red").handed, "fr")
    files, without, _ = packed("moodle", [*members, red, given(15, "Dan")], template)
    assert without == {}
    assert as_moodle_reads(files) == {"110": b"both en", "7": b"110@x.org fr", "15": b"15@x.org en"}
    assert not any("Ada" in path or "Bob" in path for path in files)


def test_members_who_read_other_languages_share_that_of_the_batch(packed, sheet):
    template = sheet((13, "Ada", STATUS, "Red"), (14, "Bob", STATUS, "Red"), group=True)
    handed = given(7, "Ada", folder="Red").handed
    both = [
        Given(f"{n}@x.org", name, handed, lang, "same")
        for n, name, lang in ((13, "Ada", "fr"), (14, "Bob", "ru"))
    ]
    files, _, _ = packed("moodle", both, template, lang="en")
    assert as_moodle_reads(files) == {"7": b"same en"}


def test_what_is_said_of_one_member_goes_to_no_other(packed, sheet):
    template = sheet((13, "Ada", STATUS, "Red"), (14, "Bob", STATUS, "Red"), group=True)
    handed = given(7, "Ada", folder="Red").handed
    both = [
        Given(f"{n}@x.org", name, handed, "en", text)
        for n, name, text in ((13, "Ada", "a mark"), (14, "Bob", "none"))
    ]
    files, without, _ = packed("moodle", both, template)
    assert (files, without) == ({}, {"Ada": "team_differs", "Bob": "team_differs"})


def test_the_folder_of_one_student_is_not_that_of_a_group(packed, sheet):
    template = sheet((13, "Ada One", STATUS, "Red"), group=True)
    files, without, _ = packed("moodle", [given(13, "Ada One")], template)
    assert (files, without) == ({}, {"Ada One": "team_number"})


def test_an_archive_of_an_earlier_run_does_not_stay(packed, sheet, tmp_path):
    template = sheet((13, "Ada One", STATUS, ""))
    packed("moodle", [given(13, "Ada One")], template)
    assert (tmp_path / "moodle-feedback.zip").exists()
    _, _, done = packed("moodle", [given(99, "Zed")], template)
    assert not (tmp_path / "moodle-feedback.zip").exists()
    assert (done.archive, done.steps) == ("", ())


def test_the_same_feedback_makes_the_same_archive(packed, sheet, tmp_path):
    template = sheet((13, "Ada One", STATUS, ""))
    made = set()
    for _ in range(2):
        packed("moodle", [given(13, "Ada One")], template)
        made.add((tmp_path / "moodle-feedback.zip").read_bytes())
    assert len(made) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_order_of_the_uploads_is_told(lang, packed, sheet):
    t = Translator(lang)
    _, _, done = packed("moodle", [given(13, "Ada One")], sheet((13, "Ada One", STATUS, "")))
    told = " ".join(step.localised(t) for step in done.steps)
    assert told.index("grades.csv") < told.index("moodle-feedback.zip")
    assert lang == "en" or told != " ".join(map(str, done.steps))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_is_there_in_every_language(lang):
    t = Translator(lang)
    assert not KEPT.keys() & WITHOUT_FILE.keys()
    assert all(t(text) and (lang == "en" or t(text) != text) for text in WITHOUT_FILE.values())


def test_who_hands_nothing_back_has_no_archive():
    assert [name for name in export_names() if feedback_of(name)] == ["canvas", "moodle"]
    assert HandedBack().data()["archive"] == ""


# Canvas


def as_canvas_reads(names):
    """Return the user and the file that each name stands for, as Canvas takes them."""
    found = {}
    for name in names:
        numbers = [piece for piece in name.split("_") if piece.isdigit()]
        assert len(numbers) >= 2
        assert not name.split("_")[-1].startswith("link")
        assert not name.startswith("._")
        found[name] = tuple(numbers[:2])
    return found


@pytest.mark.parametrize(
    ("file", "numbers"),
    [
        ("oneada_9001_70001_ex11.py", ("9001", "70001")),
        ("oneada_LATE_9001_70001_ex11-2.py", ("9001", "70001")),
        ("download/oneada_9001_70001_ex11_2_3_final.py", ("9001", "70001")),
        ("oneada_9001_70001_work.zip/ex11.py", ("9001", "70001")),
        ("oneada_9001_70001_link ex11.py", ("9001", "70001")),
    ],
)
def test_canvas_gets_a_file_by_the_name_that_it_gave(file, numbers, packed):
    handed = MatchedFile("9001", "Ada One", "ex11", file, bytes)
    files, without, done = packed("canvas", [Given("9001", "Ada One", (handed,))])
    assert list(as_canvas_reads(files).values()) == [numbers]
    assert all(name.endswith(".html") for name in files)
    assert (without, done.archive) == ({}, "canvas-feedback.zip")


@pytest.mark.parametrize(
    "file",
    [
        "ada/ex11.py",
        "oneada_9001_text.html",
        "12_9001_70001_ex11.py",
        "anon_ab12c_70001_ex11.py",
        "anonymous_12345_70001_ex11.py",
    ],
)
def test_what_canvas_has_not_named_goes_to_nobody(file, packed):
    handed = MatchedFile("9001", "Ada One", "ex11", file, bytes)
    files, without, _ = packed("canvas", [Given("9001", "Ada One", (handed,))])
    assert (files, without) == ({}, {"Ada One": "no_name"})


# Comments in the worksheet


def filled(template, tmp_path, comments, rows):
    task = ExportTask(WORTHS, template)
    export = MoodleExport(task, Rules(comments=True, feedback=True))
    export.comments_by_student = comments
    export.write(rows, [], tmp_path)
    return (tmp_path / "moodle.csv").read_text(encoding="utf-8")


def row(number, name, points=5):
    return GradeRow(f"{number}@x.org", name, "ex11", "graded", Decimal(points), Decimal(10))


def test_a_comment_replaces_the_old_one_and_lines_with_none_stay_away(sheet, tmp_path):
    template = sheet(
        (13, "Ada One", STATUS, ""),
        (14, "Bob Two", "No submission - ", ""),
        (15, "Cyd", "Draft (not submitted)", ""),
    )
    comments = {"13@x.org": "<p>new</p>", "15@x.org": "<p>too early</p>"}
    text = filled(template, tmp_path, comments, [row(13, "Ada One"), row(15, "Cyd")])
    header, *lines = csv.reader(io.StringIO(text, newline=""))
    assert header == ["Identifier", "Grade", "Last modified (grade)", "Feedback comments"]
    assert lines == [["Participant 13", "5", "-", "<p>new</p>"]]


def test_a_grade_that_the_teacher_has_typed_stays(sheet, tmp_path):
    template = sheet((13, "Ada One", STATUS, ""), (14, "Bob Two", "No submission - ", ""))
    text = template.read_text(encoding="utf-8-sig")
    text = text.replace("No submission - ,,", "No submission - ,7,")
    template.write_text(text, encoding="utf-8-sig")
    text = filled(template, tmp_path, {"13@x.org": "<p>new</p>"}, [row(13, "Ada One")])
    assert [line[:2] for line in csv.reader(io.StringIO(text, newline=""))][1:] == [
        ["Participant 13", "5"],
        ["Participant 14", "7"],
    ]


def test_a_worksheet_without_the_column_is_refused_before_anything_is_judged(sheet):
    template = sheet((13, "Ada One", STATUS, ""))
    text = template.read_text(encoding="utf-8-sig").replace("Feedback comments", "Other")
    template.write_text(text, encoding="utf-8-sig")
    with pytest.raises(BatchError) as caught:
        MoodleExport(ExportTask(WORTHS, template), Rules(comments=True, feedback=True))
    assert "Feedback comments" in caught.value.sentence(Translator("en"))
