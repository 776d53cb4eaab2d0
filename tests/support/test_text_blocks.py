"""Programs in tests are blocks of lines, and a block is the text that it looks like."""

import tomllib
from pathlib import Path

import pytest

from support.escaped_programs import escaped_programs
from support.text_blocks import block

ROOT = Path(__file__).resolve().parents[2]
RUFF = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]


def ours():
    """Yield the sources of the tests, without those that students might have written."""
    left_out = {path for pattern in RUFF["extend-exclude"] for path in ROOT.glob(pattern)}
    for path in sorted((ROOT / "tests").rglob("*.py")):
        if left_out.isdisjoint((path, *path.parents)):
            yield path


def test_programs_are_blocks_of_lines():
    places = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in ours()
        for line in escaped_programs(path.read_text(encoding="utf-8"))
    ]
    assert places == []


@pytest.mark.parametrize(
    "literal",
    [
        r'"def f(x):\n    return x\n"',
        r"'import math\nx = math.pi\n'",
        r'"class A:\n    x = 1\n"',
        r'b"def f(x):\n    return x\n"',
        r'f"def f(x):\n    return {x}\n"',
        '("import math\\n"\n "x = 1\\n")',
    ],
)
def test_a_program_on_one_line_is_found_where_it_stands(literal):
    assert escaped_programs(f"a = 1\nb = {literal}\n") == [2]


@pytest.mark.parametrize(
    "literal",
    [
        r'"import math\n"',
        r'"id,name\n1,Ada\n2,Bob\n"',
        r'"x = 1\ny = 2\n"',
        r'"import math\r\nx = 1\r\n"',
        r'f"import math\n\n\n{x}\n"',
        r'r"^import (\w+)\n(?:.*\n)*"',
        'block("""\n    import math\n    x = 1\n""")',
    ],
)
def test_other_texts_may_be_written_on_one_line(literal):
    assert escaped_programs(f"b = {literal}\n") == []


def test_a_block_is_its_lines_without_their_common_margin():
    text = block("""
        def f(x):

            return x
    """)
    assert text.split("\n") == ["def f(x):", "", "    return x", ""]


def test_a_block_ends_where_its_quotes_do():
    text = block("""

        one
        two""")
    assert text.split("\n") == ["", "one", "two"]
