"""The small course on which progress is made, and commands on it in a workspace."""

from pathlib import Path

import pytest


@pytest.fixture
def tiny_course():
    return Path(__file__).resolve().parents[1] / "courses" / "tiny"


@pytest.fixture
def tiny(grader, tiny_course):
    """Run a command on the tiny course in a workspace."""

    def run(*arguments, **options):
        return grader.run("--course", tiny_course, *arguments, **options)

    assert run("init", ".", "--lang", "en").returncode == 0
    return run
