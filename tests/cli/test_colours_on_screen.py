"""What commands write to a terminal: the colours of the palette, and no others."""

import re

import pytest
from prompt_toolkit.output.vt100 import _256_colors
from support.person import ENTER, SPACE, TAB, Person
from support.quizzes import COURSES
from support.text_blocks import block

from grader.course.colours import PALETTE

TINY = COURSES / "tiny"
SGR = re.compile(rb"\x1b\[([0-9;]*)m")
PLAIN = {"", "0", "1", "3", "4", "22", "23", "24", "39", "49"}  # bold, italic, underlined, none
INDEXES = {_256_colors[tuple(int(c[at : at + 2], 16) for at in (1, 3, 5))] for c in PALETTE}
WRONG = block("""
    def double(x):
        print('half')
        return x / 2
""")


def others(raw):
    """Return the codes of colours and attributes that are not of the palette."""
    found = set()
    for codes in SGR.findall(raw):
        rest = re.sub(r"38;5;(\d+)", lambda m: "" if int(m[1]) in INDEXES else m[0], codes.decode())
        found |= {code for code in rest.split(";") if code not in PLAIN}
    return found


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("list", "--course", TINY),
        ("show", "ex11"),
        ("show", "ex15"),
        ("show", "ex24"),
        ("show", "ex12", "--solution", "--teacher"),
        ("hint", "ex11"),
        ("grade", "ex01", "ex01.py", "--course", TINY),
        ("grade", "ex01", "ex01.py", "--all", "--course", TINY),
        ("grade", "ex02", "ex02.yaml", "--all", "--course", TINY),
        ("batch", "class", "--out", "out", "--course", TINY),
        ("doctor",),
        ("progress",),
    ],
    ids=lambda arguments: " ".join(map(str, arguments[:3])),
)
def test_commands_use_the_palette_alone(tmp_path, arguments):
    (tmp_path / "ex01.py").write_text(WRONG)
    (tmp_path / "ex02.yaml").write_text("smallest: one\neven: [one]\nhlaf: 2\n")
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada_ex01.py").write_text(WRONG)
    one = Person(tmp_path, *arguments)
    try:
        one.ends()
        assert others(one.raw) == set()
        assert SGR.search(one.raw) or arguments[0] in {"hint", "batch", "doctor"}
    finally:
        one.close()


def test_what_is_watched_uses_the_palette_alone(tmp_path):
    (tmp_path / "ex01.py").write_text(WRONG)
    one = Person(tmp_path, "watch", "ex01", "--course", TINY)
    try:
        one.sees("half")
        one.types("q")
        assert one.ends() == 0
        assert others(one.raw) == set()
    finally:
        one.close()


def test_prompts_use_the_palette_alone(tmp_path):
    one = Person(tmp_path, "quiz", "ex12", rows=60)
    try:
        one.asks("Question 1 of 5")
        one.types(SPACE)
        one.sees("[x]")
        one.types(ENTER)
        one.asks("Question 2 of 5")
        one.types(TAB)
        one.asks("Question 3 of 5")
        assert others(one.raw) == set()
        assert len({*SGR.findall(one.raw)}) > 4
    finally:
        one.close()
