"""Small honest programs, one for each module and use of a library, give what they give elsewhere.

Each file of ``programs`` has a function ``run`` and says what it returns in ``EXPECTED``. Lines of
its docstring say what it needs: ``files: scratch``, files of its own (there are none at the level
`no-open`); ``files: zones``, files of the system; ``libraries: torch``.
"""

import ast
import re
from pathlib import Path

import pytest

from grader.wire.levels import FULL, KERNEL, LEVEL_NAMES, NO_OPEN, OWN_CODE_ONLY

PROGRAMS = sorted(Path(__file__).with_name("programs").glob("*.py"))
_FIELD = re.compile(r"^(files|libraries): (\w+)$", re.MULTILINE)
SELDOM = [pytest.param(level, marks=pytest.mark.slow) for level in (KERNEL, NO_OPEN, OWN_CODE_ONLY)]


def fields(source):
    return dict(_FIELD.findall(ast.get_docstring(ast.parse(source)) or ""))


def expected(source):
    """Return the value of the last line, without running anything."""
    return ast.literal_eval(ast.parse(source).body[-1].value)


def test_there_are_many_programs():
    sources = [path.read_text(encoding="utf-8") for path in PROGRAMS]
    assert len(sources) > 60
    assert sum(fields(source).get("libraries") == "torch" for source in sources) > 10


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
@pytest.mark.parametrize("level", [FULL, *SELDOM], ids=lambda level: LEVEL_NAMES[level])
def test_an_honest_program_works(path, level, machines):
    source = path.read_text(encoding="utf-8")
    machine = machines(level)
    if level == NO_OPEN and "files" in fields(source):
        pytest.skip("no file can be opened at this level")
    outcome = machine.run(source, path.name)
    assert getattr(outcome, "value", outcome) == expected(source)
