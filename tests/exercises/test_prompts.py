"""Prompts read as they were meant."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from grader.course.markup import pieces

ROOT = Path(__file__).parents[2]
TEXTS = sorted((ROOT / "i18n").glob("*/ex*.md"))
ITEM = re.compile(r"\s*[0-9]+[.)]\s")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}-{path.stem[:4]}")
def test_no_wrapped_line_begins_a_list(path):
    """A sentence whose last number is wrapped ("sums to / 1. Then") would go on as item 1."""
    prompt = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
    words = "".join(piece.source for piece in pieces(prompt) if piece.kind != "fence")
    lines = words.split("\n")
    begun = [
        line
        for before, line in pairwise(lines)
        if ITEM.match(line) and before.strip() and not ITEM.match(before)
    ]
    assert begun == []
