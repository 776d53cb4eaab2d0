"""The small course on which progress is made."""

from pathlib import Path

import pytest


@pytest.fixture
def tiny_course():
    return Path(__file__).resolve().parents[1] / "courses" / "tiny"
