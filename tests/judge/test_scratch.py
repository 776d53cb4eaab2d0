"""Scratch folders are cleared away whatever is in them."""

import os

from grader.judge.scratch import clear


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
