"""The tiny course, as it is and as a copy that a test may break."""

import shutil
from pathlib import Path

import pytest

from grader.course.loading import Course

TINY = Path(__file__).resolve().parents[1] / "courses" / "tiny"


class Breakable:
    """A copy of the tiny course; every look at it reads the files anew."""

    def __init__(self, root):
        self.root = root

    @property
    def course(self):
        return Course(self.root)

    def replace(self, name, old, new):
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def tiny():
    return Course(TINY)


@pytest.fixture
def breakable(tmp_path):
    root = tmp_path / "course"
    shutil.copytree(TINY, root)
    return Breakable(root)
