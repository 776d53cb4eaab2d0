"""Zips that lie, break, bite or are made by other systems."""

import io
import stat
import struct
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.text_blocks import block

from grader.batch.errors import BatchError
from grader.batch.intake import read_source
from grader.course.loading import Course
from grader.course.unreadable import UnreadableSubmissionError

TINY = Path(__file__).resolve().parents[1] / "courses" / "tiny"
CODE = block("""
    def double(x):
        return 2 * x
""").encode()


def archive(path, *members, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as file:
        for member, data in members:
            file.writestr(member, data)
    return path


def member(name, mode=stat.S_IFREG | 0o644):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def taken(path):
    return read_source(path, Course(TINY), [], None)


def test_what_would_leave_the_archive_is_listed(tmp_path):
    names = ["../ex01.py", "/etc/ex01.py", "C:\\ex01.py", "Ada/../../ex01.py", "..\\Ada\\ex01.py"]
    path = archive(tmp_path / "a.zip", *((name, CODE) for name in [*names, "Ada/ex01.py"]))
    intake = taken(path)
    assert [one.file for one in intake.handed] == ["Ada/ex01.py"]
    assert {one.reason for one in intake.unmatched} == {"batch.unsafe_path"}
    assert len(intake.unmatched) == len(names)


def test_links_and_devices_are_listed(tmp_path):
    path = archive(
        tmp_path / "a.zip",
        (member("Ada/ex01.py", stat.S_IFLNK | 0o777), b"/etc/passwd"),
        (member("Bob/ex01.py", stat.S_IFCHR | 0o666), b""),
        (member("Cy/ex01.py"), CODE),
        (zipfile.ZipInfo("Dora/ex01.py"), CODE),
        (member("__MACOSX/Cy/._ex01.py"), b"x"),
    )
    intake = taken(path)
    assert [one.student for one in intake.handed] == ["Cy", "Dora"]
    assert {one.file: one.reason for one in intake.unmatched} == {
        "Ada/ex01.py": "batch.link",
        "Bob/ex01.py": "batch.special",
        "__MACOSX/Cy/._ex01.py": "batch.system_file",
    }


def test_a_student_s_bomb_costs_that_student_s_row_alone(tmp_path):
    bomb = b"#" * (64 * 2**20)
    intake = taken(archive(tmp_path / "a.zip", ("Ada/ex01.py", bomb), ("Bob/ex01.py", CODE)))
    ada, bob = intake.handed
    with pytest.raises(UnreadableSubmissionError) as told:
        ada.read()
    assert told.value.id == "read.too_large"
    assert told.value.arguments["megabytes"] == 64
    assert bob.read() == CODE


def test_a_size_that_lies_is_not_believed(tmp_path):
    path = archive(tmp_path / "a.zip", ("Ada/ex01.py", b"#" * (4 * 2**20)))
    data = bytearray(path.read_bytes())
    place = data.index(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 10)
    path.write_bytes(data)
    (ada,) = taken(path).handed
    with pytest.raises(UnreadableSubmissionError):
        ada.read()


def test_an_archive_that_is_a_bomb_is_refused(tmp_path):
    members = [(f"{number}/ex01.ipynb", b"#" * (16 * 2**20)) for number in range(17)]
    with pytest.raises(BatchError, match=r"batch.archive_bomb"):
        taken(archive(tmp_path / "a.zip", *members))


def test_members_that_share_their_data_are_refused(tmp_path):
    path = archive(tmp_path / "a.zip", ("Ada/ex01.py", CODE * 100), method=zipfile.ZIP_STORED)
    data = path.read_bytes()
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry = data[start:end]
    tail = bytearray(data[end:])
    tail[8:12] = struct.pack("<HH", 50, 50)
    tail[12:16] = struct.pack("<I", 50 * len(entry))
    path.write_bytes(data[:start] + entry * 50 + tail)
    with pytest.raises(BatchError, match=r"batch.archive_broken"):
        taken(path)


def test_too_many_members_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("grader.batch.intake.archive.MEMBERS", 3)
    members = [(f"{number}/ex01.py", CODE) for number in range(4)]
    with pytest.raises(BatchError, match=r"batch.too_many"):
        taken(archive(tmp_path / "a.zip", *members))


def test_a_path_longer_than_any_system_allows_is_listed_in_short(tmp_path):
    path = archive(tmp_path / "a.zip", ("ex01/" * 2000 + "ex01.py", CODE), ("Ada/ex01.py", CODE))
    intake = taken(path)
    assert [one.student for one in intake.handed] == ["Ada"]
    (refused,) = intake.unmatched
    assert refused.reason == "batch.long_path"
    assert len(refused.file) < 250


def test_a_member_that_begins_before_the_archive_costs_its_row_alone(tmp_path):
    path = archive(tmp_path / "a.zip", ("Ada/ex01.py", CODE), ("Bob/ex01.py", CODE))
    data = bytearray(path.read_bytes())
    place = data.rindex(b"PK\x05\x06") + 16
    (offset,) = struct.unpack("<I", data[place : place + 4])
    data[place : place + 4] = struct.pack("<I", offset + 10)
    path.write_bytes(data)
    ada, bob = taken(path).handed
    with pytest.raises(UnreadableSubmissionError, match=r"read.failed"):
        ada.read()
    with pytest.raises(UnreadableSubmissionError, match=r"read.failed"):
        bob.read()


def test_an_encrypted_archive_is_told(tmp_path):
    path = archive(tmp_path / "a.zip", ("Ada/ex01.py", CODE))
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    path.write_bytes(data)
    with pytest.raises(BatchError, match=r"batch.archive_encrypted"):
        taken(path)


@pytest.mark.parametrize("kept", [0, 1, 10, 60, -1, -10, -30])
def test_a_truncated_archive_is_told(kept, tmp_path):
    path = archive(tmp_path / "a.zip", *((f"{n}/ex01.py", CODE) for n in range(5)))
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(BatchError, match=r"batch.archive_broken"):
        taken(path)


def test_damaged_data_cost_their_row_alone(tmp_path):
    path = archive(
        tmp_path / "a.zip", ("Ada/ex01.py", CODE), ("Bob/ex01.py", CODE), method=zipfile.ZIP_STORED
    )
    data = bytearray(path.read_bytes())
    data[data.index(CODE)] ^= 0xFF
    path.write_bytes(data)
    ada, bob = taken(path).handed
    with pytest.raises(UnreadableSubmissionError, match=r"read.failed"):
        ada.read()
    assert bob.read() == CODE


def test_other_compressions_are_listed(tmp_path):
    path = archive(tmp_path / "a.zip", ("Ada/ex01.py", CODE), method=zipfile.ZIP_LZMA)
    assert [one.reason for one in taken(path).unmatched] == ["batch.compression"]


def test_undeclared_utf8_names_and_backslashes_are_read(tmp_path):
    path = archive(tmp_path / "a.zip", ("XXXXXXXX/ex01.py", CODE), ("Bob\\ex01.py", CODE))
    path.write_bytes(path.read_bytes().replace(b"XXXXXXXX", "Иван".encode()))
    assert {one.student for one in taken(path).handed} == {"Иван", "Bob"}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_archive_never_raises_anything_else(data):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("Ada/ex01.py", CODE * 20)
        file.writestr("Иван/ex01.py", CODE)
    content = bytearray(buffer.getvalue())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        path.write_bytes(content)
        try:
            intake = taken(path)
        except BatchError:
            return
        for one in intake.handed:
            try:
                one.read()
            except (UnreadableSubmissionError, OSError):
                continue
