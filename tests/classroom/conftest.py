"""Rules of a class, read from text."""

import pytest

from grader.classroom.reading import read_class
from grader.classroom.students import StudentsRules


@pytest.fixture
def rules(tmp_path):
    """Read a class.yaml."""

    def read(text):
        file = tmp_path / "class.yaml"
        file.write_text(text, encoding="utf-8")
        return read_class(file)

    return read


@pytest.fixture
def for_class(rules):
    """Read a class.yaml for students, given as id and name."""

    def read(text, *students):
        return StudentsRules(rules(text), students)

    return read
