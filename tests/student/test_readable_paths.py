"""What a student process may read, and what stays closed beside it."""

import os
from pathlib import Path

import pytest

from grader.student.sandbox.readable_paths import minimal_folders, open_below
from grader.wire.levels import FULL, KERNEL

LISTED = """
    try:
        result = os.listdir(path)
    except OSError:
        result = []
"""


def files_below(granted):
    """List the files that these grants open."""
    for path in granted:
        if path.is_file():
            yield path
        for folder, _, names in os.walk(path):
            yield from (Path(folder, name) for name in names)


@pytest.fixture
def tree(tmp_path):
    """A site-packages with two libraries and a package that has answers in it."""
    for name in (
        "site-packages/library/__init__.py",
        "site-packages/library/deep/part.py",
        "site-packages/single.py",
        "site-packages/course/__init__.py",
        "site-packages/course/exercises/stub.py",
        "site-packages/course/answers/reference.py",
        "elsewhere/private.py",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"name = {name!r}\n")
    return tmp_path


def opened(tree, *excluded):
    root = tree / "site-packages"
    granted = open_below(root, [tree / name for name in excluded])
    return {str(path.relative_to(tree)) for path in files_below(granted)}


def test_a_folder_without_anything_excluded_is_granted_itself(tree):
    assert open_below(tree / "site-packages", [tree / "elsewhere"]) == [tree / "site-packages"]


def test_beside_what_is_excluded_everything_is_granted(tree):
    assert opened(tree, "site-packages/course/answers") == {
        "site-packages/library/__init__.py",
        "site-packages/library/deep/part.py",
        "site-packages/single.py",
        "site-packages/course/__init__.py",
        "site-packages/course/exercises/stub.py",
    }


def test_a_folder_is_split_only_along_what_is_excluded(tree):
    granted = open_below(tree / "site-packages", [tree / "site-packages/course/answers"])
    assert tree / "site-packages/library" in granted
    assert tree / "site-packages" not in granted
    assert tree / "site-packages/course" not in granted


def test_several_may_be_excluded_one_in_another(tree):
    assert opened(tree, "site-packages/course", "site-packages/course/answers") == {
        "site-packages/library/__init__.py",
        "site-packages/library/deep/part.py",
        "site-packages/single.py",
    }


def test_an_excluded_root_is_not_granted(tree):
    assert opened(tree, "site-packages") == set()


def test_a_library_folder_inside_an_excluded_checkout_is_granted(tree):
    assert "site-packages/single.py" in opened(tree, ".")


def test_links_are_not_followed(tree):
    (tree / "site-packages/link").symlink_to(tree / "elsewhere")
    (tree / "site-packages/file").symlink_to(tree / "elsewhere/private.py")
    granted = open_below(tree / "site-packages", [tree / "site-packages/course"])
    assert all(tree / "elsewhere" not in path.resolve().parents for path in granted)


def test_neither_the_root_nor_the_home_folder_is_granted(tree, monkeypatch):
    assert open_below(Path("/"), []) == []
    monkeypatch.setenv("HOME", str(tree / "site-packages"))
    assert open_below(tree / "site-packages", []) == []
    monkeypatch.setenv("HOME", str(tree / "site-packages/course"))
    assert "site-packages/course/__init__.py" not in opened(tree)
    # Libraries that live in the home folder are granted all the same.
    monkeypatch.setenv("HOME", str(tree))
    assert open_below(tree / "site-packages", []) == [tree / "site-packages"]


def test_few_folders_cover_many_paths():
    paths = ["/usr/lib/a", "/usr/lib/b", "/opt/venv/lib/c", "/opt/venv/bin"]
    assert minimal_folders(paths, "/opt/grader-x") == ["/opt/venv", "/usr"]
    assert minimal_folders(paths, "/usr/grader-x") == ["/opt", "/usr/lib"]
    assert minimal_folders(["/usr/lib"], "/usr/lib/grader-x") == ["/usr/lib"]


@pytest.mark.parametrize("place", ["course", "alias", "/proc/self/root"])
@pytest.mark.parametrize("level", [FULL, KERNEL])
def test_answers_of_an_installed_package_cannot_be_opened(offered, level, warm_with, tree, place):
    site = tree / "site-packages"
    (tree / "site-packages/alias").symlink_to(site / "course")
    student = warm_with(path=[str(site)], exclude=[str(site / "course")], max_level=offered(level))
    path = f"{place}{site}/course" if place.startswith("/") else site / place
    student.closed("open(f'{path}/answers/reference.py')", path=path)
    student.closed("os.listdir(f'{path}/answers')", path=path)
    assert student.result(LISTED, path=path) == []
    answer = student.answer("import course.answers.reference")
    assert answer.get("error") in {"PermissionError", "ModuleNotFoundError"}, answer
    assert student.result("import library, single; result = single.name")
