"""Hostile archives and folders: each is refused with a sentence, or all of it is listed."""

import contextlib
import io
import os
import random
import re
import tempfile
import warnings
import zipfile
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import assume, given, settings
from support.text_blocks import block

from grader.batch.errors import REASONS, BatchError
from grader.batch.intake import read_source
from grader.batch.names import printable
from grader.batch.plan import safe_name
from grader.course.languages import LANGUAGES, Translator
from grader.course.loading import Course
from grader.course.unreadable import UnreadableSubmissionError

TINY = Path(__file__).resolve().parents[1] / "courses" / "tiny"
ROUNDS = 6 * settings().max_examples
CODE = block("""
    def double(x):
        return 2 * x
""").encode()
METADATA_FILE = b"submission_metadata.yml"
METADATA = b"""\
submission_1:
  :submitters:
  - :name: Ada
    :sid: '7'
  :created_at: 2026-01-01 10:00:00 +0100
  :history:
  - :created_at: 2026-01-01 09:00:00 Z
"""
LAYOUTS = [
    ["Ada/ex01.py", "Иван/ex01.py", "Ada/ex02.yaml"],
    ["Ada L_12_assignsubmission_file/ex01.py", "Bob_13_assignsubmission_file_ex01.py"],
    ["lovelaceada_12_34_ex01.py", "bob_LATE_13_35_ex01-1.py"],
    ["x/submission_metadata.yml", "x/submission_1/ex01.py", "x/submission_2/ex01.py"],
]
UNFIT = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
SIGNATURES = [b"PK\1\2", b"PK\3\4", b"PK\5\6"]


def course():
    return Course(TINY)


def archive(draw, names):
    """Return a zip that some system could have made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            info = zipfile.ZipInfo(name)
            info.compress_type = draw.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
            info.extra = draw.choice([b"", b"\1\0\x08\0" + bytes(8), b"ux\2\0ab", b"\1\0"])
            info.external_attr = draw.choice([0, 0o100644, 0o120777, 0o040755, 0o020666]) << 16
            data = METADATA if name.endswith(".yml") else CODE * draw.randrange(1, 40)
            file.writestr(info, data)
        file.comment = draw.choice([b"", b"made by hand", b"PK\5\6"])
    return bytearray(buffer.getvalue())


def damage(draw, data):
    """Alter a few bytes, of the structure rather than of what is packed."""
    for _ in range(draw.randrange(1, 5)):
        places = [data.find(sign) for sign in SIGNATURES] + [data.rfind(SIGNATURES[0])]
        near = [place + draw.randrange(46) for place in places if place >= 0]
        at = draw.choice([*near, draw.randrange(len(data) + 1)])
        match draw.randrange(6):
            case 0 | 1 | 2:
                data[at : at + 1] = bytes([draw.choice([0, 1, 0x7F, 0x80, 0xFF])])
            case 3:
                data[at : at + 4] = draw.choice([bytes(4), b"\xff" * 4, b"\xff" * 8])
            case 4:
                del data[at : at + draw.randrange(1, 9)]
            case 5:
                del data[at + draw.randrange(400) :]
    return bytes(data)


def looked_at(source):
    """Take in a source and read all of it; return what was handed in, and what was not."""
    try:
        intake = read_source(source, course(), [], None)
    except BatchError as problem:
        told = [problem.sentence(Translator(lang)) for lang in LANGUAGES]
        assert len(set(told)) == len(LANGUAGES)
        return None
    for one in intake.handed:
        with contextlib.suppress(UnreadableSubmissionError):
            assert len(one.read()) <= 1 << 20
        assert not UNFIT.search(one.file + one.student + one.name)
    for one in intake.unmatched:
        assert one.reason in REASONS
        assert not UNFIT.search(one.file)
    return intake


@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_archive_of_any_system_is_refused_or_listed(seed, tmp_path, soon):
    draw = random.Random(seed)  # noqa: S311
    path = tmp_path / "class.zip"
    taken = 0
    for _ in range(ROUNDS):
        path.write_bytes(damage(draw, archive(draw, draw.choice(LAYOUTS))))
        with soon():
            taken += looked_at(path) is not None
    assert ROUNDS // 10 < taken < ROUNDS


pieces = st.sampled_from(
    [
        *("..", ".", "/", "\\", "C:", "~", " ", "ex01", "ex1", "ex99", "_", "-", "(1)", ".py"),
        *(".ipynb", "\x1b[2J", "\u202e", "\ud83d", "e\u0301", "\xe9", "Иван", "\x07", "%s"),
        *("{{file}}", "[red]", "_12_assignsubmission_file_", "_LATE_1_2_", "CON", "=1+1", "\\x1b"),
        *("submission_metadata.yml", "a" * 120, "\u200f", "\ufeff", "\u2028", "$(id)", "`id`"),
        *(";", "'", '"', "\n", "\r", "\t"),
    ]
)
names = st.lists(pieces | st.text(max_size=4), min_size=1, max_size=6).map("".join)


def storable(name):
    try:
        return bool(name.encode()) and not name.startswith("\0")
    except UnicodeEncodeError:
        return False


def check_students(intake):
    """No student's name leads anywhere but to a folder of their own below the reports."""
    folders = {}
    for student in intake.students:
        folder = safe_name(student.id)
        assert folder == Path(folder).name
        assert folder not in {"", ".", ".."}
        assert not UNFIT.search(folder)
        assert len(folder.encode()) <= 255
        assert folders.setdefault(folder, student.id) == student.id
    assert len(folders) == len(intake.students)
    assert {one.student for one in intake.handed} <= set(folders.values())


@given(st.lists(names.filter(storable), min_size=1, max_size=6, unique=True))
def test_members_of_any_name_are_handed_in_or_listed(given_names):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "class.zip"
        with zipfile.ZipFile(path, "w") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # ZipFile cuts names at a NUL, and finds some twice
            for name in given_names:
                file.writestr(zipfile.ZipInfo(name), CODE)
        intake = looked_at(path)
    if intake is None:
        return
    check_students(intake)
    files = [name for name in given_names if not name.replace("\\", "/").endswith("/")]
    assert bool(intake.handed or intake.unmatched) >= bool(files)
    assert len(intake.handed) + len(intake.unmatched) <= len(given_names)


@given(
    st.lists(
        st.binary(min_size=1, max_size=30)
        | names.map(lambda name: name.encode("utf-8", "surrogatepass")),
        max_size=6,
    )
)
def test_files_of_any_name_are_handed_in_or_listed(given_names):
    with tempfile.TemporaryDirectory() as folder:
        count = 0
        for name in given_names:
            path = os.path.join(os.fsencode(folder), name.replace(b"\0", b"").lstrip(b"/"))  # noqa: PTH118
            path = os.path.normpath(path)
            if path.startswith(os.fsencode(folder) + b"/") and not os.path.lexists(path):
                try:
                    os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
                    with open(path, "wb") as file:  # noqa: PTH123
                        file.write(CODE)
                except OSError:
                    continue
                count += 1
        assume(count)
        intake = looked_at(Path(folder))
    metadata = any(METADATA_FILE in name for name in given_names)  # is no submission itself
    if intake is None:
        assert metadata
        return
    check_students(intake)
    assert 0 <= count - len(intake.handed) - len(intake.unmatched) <= metadata


@given(st.lists(names, min_size=2, max_size=2, unique=True))
def test_different_names_stay_different(two):
    one, other = map(printable, two)
    assert one != other
    assert not UNFIT.search(one + other)
    assert safe_name(two[0]) != safe_name(two[1])
