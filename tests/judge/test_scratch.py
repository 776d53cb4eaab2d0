"""Scratch folders hold a limited amount, and are cleared away whatever is in them."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from grader.judge.processes.scratch import FILES, MEBIBYTES, clear, is_overfull
from grader.student.sandbox import limits, root

SOMEBODY = 61000


@pytest.fixture
def owned():
    """A folder of an ordinary user, who this process is meanwhile: to root nothing is closed."""
    folder = tempfile.mkdtemp()
    with contextlib.ExitStack() as back:
        back.callback(shutil.rmtree, folder)
        if os.geteuid() == 0:
            os.chown(folder, SOMEBODY, SOMEBODY)
            os.seteuid(SOMEBODY)
            back.callback(os.seteuid, 0)
        yield Path(folder)


def test_everything_goes(tmp_path):
    scratch = tmp_path / "scratch"
    (scratch / "folder" / "0").mkdir(parents=True)
    (scratch / "folder" / "0" / "file").write_text("text")
    (scratch / "0").mkdir()
    (scratch / "new\nline é").touch()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").touch()
    (scratch / "link").symlink_to(outside)
    clear(str(scratch))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["outside"]
    assert (outside / "kept").exists()


@pytest.mark.parametrize("mode", [0o000, 0o300, 0o500])
def test_folders_that_are_closed(mode, owned):
    closed = owned / "scratch" / "closed"
    (closed / "deeper").mkdir(parents=True)
    (closed / "file").touch()
    (closed / "deeper").chmod(mode)
    closed.chmod(mode)
    closed.parent.chmod(mode)
    clear(str(owned / "scratch"))
    assert list(owned.iterdir()) == []


def test_folders_deeper_than_any_path(tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    here = os.open(scratch, os.O_RDONLY)
    for _ in range(3000):
        os.mkdir("deep", dir_fd=here)
        below = os.open("deep", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    clear(str(scratch))
    assert list(tmp_path.iterdir()) == []


def test_a_link_in_its_place_goes_and_what_it_leads_to_stays(tmp_path):
    course = tmp_path / "course"
    course.mkdir()
    (course / "checks.py").touch()
    (tmp_path / "scratch").symlink_to(course)
    clear(str(tmp_path / "scratch"))
    assert [path.name for path in tmp_path.iterdir()] == ["course"]
    assert (course / "checks.py").exists()


def test_a_missing_folder_is_no_error(tmp_path):
    clear(str(tmp_path / "missing"))
    assert list(tmp_path.iterdir()) == []


def test_the_limits_are_those_of_a_folder_in_memory():
    assert root.SCRATCH_SIZE.startswith(f"size={MEBIBYTES}m,nr_inodes={FILES},")
    assert limits.FILE_BYTES == MEBIBYTES << 20


def test_a_folder_within_its_limits_is_not_overfull(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").write_bytes(bytes((MEBIBYTES - 1) << 20))
    for number in range(FILES - 2):
        (tmp_path / str(number)).touch()
    assert not is_overfull(str(tmp_path))


def test_files_that_are_large_together_are_too_much(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "file").write_bytes(bytes((MEBIBYTES // 2 << 20) + 4096))
    assert is_overfull(str(tmp_path))


def test_a_file_of_holes_takes_no_room(tmp_path):
    with (tmp_path / "holes").open("wb") as file:
        file.truncate(MEBIBYTES << 22)
    assert not is_overfull(str(tmp_path))


@pytest.mark.parametrize("make", ["touch", "mkdir"])
def test_many_files_are_too_much_wherever_they_are(make, tmp_path):
    (tmp_path / "folder").mkdir()
    for number in range(FILES):
        getattr(tmp_path / "folder" / str(number), make)()
    assert is_overfull(str(tmp_path))


def test_what_lies_too_deep_to_be_looked_at_is_too_much(tmp_path):
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("d" * 255, dir_fd=here)
        below = os.open("d" * 255, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    assert is_overfull(str(tmp_path))


def test_a_link_is_not_followed(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_bytes(bytes((MEBIBYTES + 1) << 20))
    (tmp_path / "scratch").mkdir()
    (tmp_path / "scratch" / "link").symlink_to(outside)
    assert not is_overfull(str(tmp_path / "scratch"))
    assert not is_overfull(str(tmp_path / "missing"))
