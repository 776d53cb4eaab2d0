"""Sources as people and systems make them: folders, zips, and the downloads of three systems."""

import os
import random
import subprocess
import tempfile
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.text_blocks import block

from grader.batch.errors import REASONS, BatchError
from grader.batch.intake import read_source
from grader.course.errors import UnknownExerciseError
from grader.course.loading import Course

TINY = Path(__file__).resolve().parents[1] / "courses" / "tiny"
CODE = block("""
    def double(x):
        return 2 * x
""").encode()
NAMES = [
    "Zoë Müller-Çelik",
    "Иванов Иван",
    "李 小龍",
    "🦊 Fox",
    "a" * 200,
    "Brack[et] {s}",
    "O'Neil, Shaq",
    "=cmd()",
    unicodedata.normalize("NFD", "José"),
]


@pytest.fixture
def course():
    return Course(TINY)


def tree(folder, files):
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def zipped(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def made(kind, tmp_path, files):
    if kind == "zip":
        return zipped(tmp_path / "class.zip", files)
    return tree(tmp_path / "class", files)


def roster(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "roster.csv"
    path.write_bytes(text.encode(encoding))
    return path


def short(intake):
    return [(one.student, one.exercise, one.attempt) for one in intake.handed]


def reasons(intake):
    return {one.file: one.reason for one in intake.unmatched}


@pytest.mark.parametrize("kind", ["folder", "zip"])
@pytest.mark.parametrize("name", NAMES)
def test_a_student_folder_of_any_name_is_that_student(kind, name, tmp_path, course):
    source = made(kind, tmp_path, {f"{name}/ex01_double.py": CODE, "Bob/ex01.py": CODE})
    intake = read_source(source, course, [], None)
    assert {one.name for one in intake.students} == {name, "Bob"}
    assert sorted(short(intake)) == sorted([(name, "ex01", 1), ("Bob", "ex01", 1)])
    assert not intake.unmatched
    assert all(one.read() == CODE for one in intake.handed)


@pytest.mark.parametrize(
    ("file", "owner"),
    [
        ("ex01_Ada Lovelace.py", "Ada Lovelace"),
        ("Ada Lovelace ex01.py", "Ada Lovelace"),
        ("EX1-Ада.py", "Ада"),
        ("exercise_01 (Ada).py", "Ada"),
        ("ex01_double_20231234.py", "20231234"),
        ("ex01_Ada (1).py", "Ada"),
        ("double Ada.ipynb", "Ada"),
    ],
)
def test_a_file_tells_its_exercise_and_its_owner(file, owner, tmp_path, course):
    intake = read_source(tree(tmp_path, {file: CODE}), course, [], None)
    assert short(intake) == [(owner, "ex01", 1)]


@pytest.mark.parametrize(
    ("file", "asked", "reason"),
    [
        ("Ada/notes.py", [], "batch.no_exercise"),
        ("Ada/notes.py", ["ex01", "ex02"], "batch.no_exercise"),
        ("Ada/ex77.py", ["ex01"], "batch.unknown_exercise"),
        ("Ada/ex02.yaml", ["ex01"], "batch.other_exercise"),
        ("Ada/ex01_and_ex02.py", [], "batch.two_exercises"),
        ("ex01.py", [], "batch.no_student"),
        (".DS_Store", [], "batch.system_file"),
        ("Ada/__pycache__/ex01.py", [], "batch.system_file"),
    ],
)
def test_what_cannot_be_told_is_listed(file, asked, reason, tmp_path, course):
    source = tree(tmp_path, {file: CODE, "Bob/ex01.py": CODE})
    intake = read_source(source, course, asked, None)
    assert list(reasons(intake).values()) == [reason]
    assert short(intake) == [("Bob", "ex01", 1)]


def test_the_only_exercise_asked_for_serves_files_that_name_none(tmp_path, course):
    files = {"Ada/solution.py": CODE, "Bob.py": CODE, "Cy/ex01.py": CODE, "Cy/other.py": CODE}
    intake = read_source(tree(tmp_path, files), course, ["ex01"], None)
    assert short(intake) == [(name, "ex01", 1) for name in ("Ada", "Bob", "Cy")]
    assert reasons(intake) == {"Cy/other.py": "batch.named_instead"}


def test_folders_may_name_the_exercise(tmp_path, course):
    files = {"ex01/Ada.py": CODE, "Bob/ex01_double/solution.py": CODE}
    intake = read_source(tree(tmp_path, files), course, [], None)
    assert short(intake) == [("Ada", "ex01", 1), ("Bob", "ex01", 1)]


def test_two_files_are_one_try_and_a_wrong_kind_is_one_only_alone(tmp_path, course):
    files = {"Ada/ex01.py": CODE, "Ada/ex01_v2.py": CODE, "Ada/ex01.pdf": b"%PDF"}
    intake = read_source(tree(tmp_path, {**files, "Bob/ex01.pdf": b"%PDF"}), course, [], None)
    assert short(intake) == [("Ada", "ex01", 1), ("Bob", "ex01", 1)]
    assert reasons(intake) == {
        "Ada/ex01.pdf": "batch.suffix",
        "Ada/ex01.py": "batch.same_upload",
    }


def test_a_roster_gives_everyone_a_place_and_strangers_none(tmp_path, course):
    list_ = roster(
        tmp_path,
        block("""
            id,name
            s1,Ada Lovelace
            s2,Bob
            s3,Иванов Иван
        """),
    )
    files = {"s1/ex01.py": CODE, "Иванов_иван/ex01.py": CODE, "Eve/ex01.py": CODE}
    intake = read_source(tree(tmp_path / "in", files), course, [], list_)
    assert [one.id for one in intake.students] == ["s1", "s2", "s3"]
    assert short(intake) == [("s1", "ex01", 1), ("s3", "ex01", 1)]
    assert reasons(intake) == {"Eve/ex01.py": "batch.no_student"}


def test_namesakes_are_never_guessed(tmp_path, course):
    list_ = roster(
        tmp_path,
        block("""
            id,name
            s1,Ada
            s2,Ada
            s3,Bob
        """),
    )
    files = {
        "Ada_11_assignsubmission_file/ex01.py": CODE,
        "Bob_12_assignsubmission_file/ex01.py": CODE,
        "Bob_13_assignsubmission_file/ex01.py": CODE,
    }
    intake = read_source(tree(tmp_path / "in", files), course, [], list_)
    assert not intake.handed
    assert set(reasons(intake).values()) == {"batch.ambiguous_student"}


# Moodle


def moodle_files(names):
    files = {}
    for number, name in enumerate(names, 1000):
        files[f"{name}_{number}_assignsubmission_file/ex01_double.py"] = CODE
    return files


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_moodle(kind, tmp_path, course):
    names = [name.replace("_", " ") for name in NAMES]
    files = moodle_files(names)
    files["Old Style_7_assignsubmission_file_/ex01.py"] = CODE
    files["Flat File_8_assignsubmission_file_ex01.py"] = CODE
    files["Text Only_9_assignsubmission_onlinetext/onlinetext.html"] = b"<p>hi</p>"
    intake = read_source(made(kind, tmp_path, files), course, [], None)
    found = {one.id: one.name for one in intake.students}
    told = {str(number): name for number, name in enumerate(names, 1000)}
    assert found == {**told, "7": "Old Style", "8": "Flat File", "9": "Text Only"}
    assert len(intake.handed) == len(names) + 2
    assert set(reasons(intake).values()) == {"batch.online_text"}


def test_the_worksheet_of_moodle_is_a_roster(tmp_path, course):
    text = block("""
        \ufeffIdentifier,Full name,Grade
        Participant 1000,Ada,
        Participant 1001,Bob,
    """)
    source = tree(tmp_path / "in", moodle_files(["Ada"]))
    intake = read_source(source, course, [], roster(tmp_path, text))
    assert [one.id for one in intake.students] == ["1000", "1001"]
    assert short(intake) == [("1000", "ex01", 1)]


# Canvas


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_canvas(kind, tmp_path, course):
    files = {
        "lovelaceada_4001_90001_ex01_double.py": CODE,
        "lovelaceada_4001_90007_ex01_double-1.py": CODE,
        "иванов_LATE_4002_90002_ex01.ipynb": CODE,
        "müllerzoë_4003_90003_solution-2.py": CODE,
        "eve_4004_text.html": b"<p>hi</p>",
    }
    intake = read_source(made(kind, tmp_path, files), course, ["ex01"], None)
    assert sorted(short(intake)) == [
        ("4001", "ex01", 1),
        ("4001", "ex01", 2),
        ("4002", "ex01", 1),
        ("4003", "ex01", 3),
    ]
    assert {one.student: one.late for one in intake.handed} == {
        "4001": False,
        "4002": True,
        "4003": False,
    }
    assert reasons(intake) == {"eve_4004_text.html": "batch.online_text"}


def test_the_gradebook_of_canvas_is_a_roster(tmp_path, course):
    text = block("""
        Student,ID,SIS User ID,SIS Login ID,Section,Softmax (12)
            Points Possible,,,,,10
        "Lovelace, Ada",4001,A1,ada,One,
    """)
    source = tree(tmp_path / "in", {"lovelaceada_4001_90001_ex01.py": CODE})
    intake = read_source(source, course, [], roster(tmp_path, text))
    assert [(one.id, one.name) for one in intake.students] == [("4001", "Lovelace, Ada")]
    assert short(intake) == [("4001", "ex01", 1)]


# Gradescope

METADATA = """\
submission_1:
  :submitters:
  - :name: Ada Lovelace
    :sid: '0042'
    :email: ada@example.org
  - :name: Bob
    :sid:
    :email: bob@example.org
  :created_at: 2026-11-20 23:59:01.482183000 Z
  :score: 0.0
  :history:
  - :id: 17
    :created_at: 2026-11-19 10:00:00 Z
submission_2:
  :submitters:
  - :name: Cy
    :sid: '7'
  :created_at: 2026-11-21 01:30:00 +02:00
submission_3:
  :submitters: []
"""


@pytest.mark.parametrize("kind", ["folder", "zip"])
@pytest.mark.parametrize("wrapper", ["", "assignment_55_export/"])
def test_gradescope(kind, wrapper, tmp_path, course):
    files = {
        f"{wrapper}submission_metadata.yml": METADATA.encode(),
        f"{wrapper}submission_1/ex01.py": CODE,
        f"{wrapper}submission_3/ex01.py": CODE,
    }
    intake = read_source(made(kind, tmp_path, files), course, [], None)
    assert [one.id for one in intake.students] == ["0042", "bob@example.org", "7"]
    assert short(intake) == [("0042", "ex01", 2), ("bob@example.org", "ex01", 2)]
    assert intake.handed[0].submitted_at == "2026-11-20T23:59:01+00:00"
    assert reasons(intake) == {f"{wrapper}submission_3/ex01.py": "batch.no_student"}


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"- a\n",
        b"a: [",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"a: " + b"- " * 50_000,
        b"a: &b [*c]",
    ],
    ids=lambda text: repr(text[:10]),
)
def test_broken_metadata_are_told(text, tmp_path, course):
    source = tree(tmp_path, {"submission_metadata.yml": text, "submission_1/ex01.py": CODE})
    with pytest.raises(BatchError, match=r"batch.metadata"):
        read_source(source, course, [], None)


def test_metadata_that_name_nobody_are_an_empty_source(tmp_path, course):
    source = tree(tmp_path, {"submission_metadata.yml": b"submission_1: {}\n"})
    with pytest.raises(BatchError, match=r"batch.empty"):
        read_source(source, course, [], None)


@pytest.mark.parametrize(
    "time", ["0001-01-01 00:00:00 +23:59", "9999-12-31 23:59:59 -10:00", "then"]
)
def test_a_time_that_no_calendar_has_is_left_out(time, tmp_path, course):
    metadata = METADATA.replace("2026-11-20 23:59:01.482183000 Z", time).encode()
    source = tree(tmp_path, {"submission_metadata.yml": metadata, "submission_1/ex01.py": CODE})
    assert {one.submitted_at for one in read_source(source, course, [], None).handed} == {None}


# Sources


def test_a_wrapper_is_no_student_and_a_student_is_no_wrapper(tmp_path, course):
    files = {"class/Ada/ex01.py": CODE, "class/Bob/ex01.py": CODE}
    intake = read_source(zipped(tmp_path / "x.zip", files), course, [], None)
    assert [one.id for one in intake.students] == ["Ada", "Bob"]
    assert intake.handed[0].file == "class/Ada/ex01.py"
    files = {"all/ex01_Ada.py": CODE, "all/ex01_Bob.py": CODE}
    intake = read_source(zipped(tmp_path / "all (2).zip", files), course, [], None)
    assert [one.id for one in intake.students] == ["Ada", "Bob"]
    intake = read_source(zipped(tmp_path / "y.zip", {"Ada/ex01.py": CODE}), course, [], None)
    assert [one.id for one in intake.students] == ["Ada"]


def test_links_and_pipes_in_a_folder_are_listed(tmp_path, course):
    source = tree(tmp_path / "in", {"Ada/ex01.py": CODE})
    (tmp_path / "secret.py").write_bytes(b"secret")
    (source / "Ada" / "ex02.yaml").symlink_to(tmp_path / "secret.py")
    (source / "Bob").symlink_to(tmp_path)
    os.mkfifo(source / "Ada" / "pipe.py")
    intake = read_source(source, course, [], None)
    assert reasons(intake) == {
        "Ada/ex02.yaml": "batch.link",
        "Ada/pipe.py": "batch.special",
        "Bob": "batch.link",
    }


def test_folders_may_be_very_deep(tmp_path, course):
    parts = ["a"] * 1500
    tree(tmp_path, {"Ada/ex01.py": CODE})
    made_ = tmp_path / "Ada"
    here = os.open(made_, os.O_RDONLY)
    try:
        for part in parts:
            os.mkdir(part, dir_fd=here)
            below = os.open(part, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
        assert short(read_source(tmp_path, course, [], None)) == [("Ada", "ex01", 1)]
    finally:
        os.close(here)
        subprocess.run(["rm", "-rf", made_ / "a"], check=True)  # too deep for Python's own


def test_names_that_are_not_utf8_stay_apart(tmp_path, course):
    for byte in (b"\xe9", b"\xe8"):
        folder = os.fsencode(tmp_path / "in") + b"/Ren" + byte
        os.makedirs(folder)  # noqa: PTH103 - a name in bytes
        Path(os.fsdecode(folder + b"/ex01.py")).write_bytes(CODE)
    intake = read_source(tmp_path / "in", course, [], None)
    assert len({one.student for one in intake.handed}) == 2
    assert all(one.name.encode() for one in intake.students)


@pytest.mark.parametrize(
    ("make", "id_"),
    [
        (lambda path: path, "batch.source_missing"),
        (lambda path: path.mkdir() or path, "batch.empty"),
        (lambda path: path.write_bytes(CODE) and path, "batch.source_kind"),
    ],
)
def test_a_source_that_is_none_is_told(make, id_, tmp_path, course):
    with pytest.raises(BatchError, match=id_):
        read_source(make(tmp_path / "source"), course, [], None)


def test_an_unknown_exercise_is_told(tmp_path, course):
    with pytest.raises(UnknownExerciseError):
        read_source(tree(tmp_path, {"Ada/ex01.py": CODE}), course, ["ex99"], None)


def test_the_order_of_files_does_not_matter(tmp_path, course):
    files = {f"{name}/ex01_{n}.py": CODE for name in NAMES for n in range(3)}
    first = read_source(zipped(tmp_path / "a.zip", files), course, [], None)
    items = list(files.items())
    random.Random(1).shuffle(items)  # noqa: S311 - an order, no secret
    second = read_source(zipped(tmp_path / "b.zip", dict(items)), course, [], None)
    assert [(one.file, one.attempt) for one in first.handed] == [
        (one.file, one.attempt) for one in second.handed
    ]


NAME = st.text(st.characters(exclude_characters="/\0\\", codec="utf-8"), min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(NAME, NAME), min_size=1, max_size=6, unique=True))
def test_no_file_of_any_name_is_ever_lost(names):
    course = Course(TINY)
    with tempfile.TemporaryDirectory() as folder:
        files = {f"{owner}/{name}": CODE for owner, name in names}
        source = zipped(Path(folder) / "class.zip", files)
        intake = read_source(source, course, ["ex01"], None)
        listed = [one.file for one in intake.handed] + [one.file for one in intake.unmatched]
        assert len(listed) == len(files)
        assert {one.reason for one in intake.unmatched} <= set(REASONS)
        keys = {(one.student, one.exercise, one.attempt) for one in intake.handed}
        assert len(keys) == len(intake.handed)
        assert {one.student for one in intake.handed} <= {one.id for one in intake.students}
