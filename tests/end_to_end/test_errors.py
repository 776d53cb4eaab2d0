"""An embedding program can write ``except GraderError``: all errors of the grader are that."""

import ast
from pathlib import Path

import pytest

from grader.course.loading import Course
from grader.errors import GraderError

ROOT = Path(__file__).resolve().parents[2]
OTHERS = {
    # A submission meets them, and catches them as it would Python's own.
    "InputRefusedError": "EOFError",
    "ProcessRefusedError": "PermissionError",
    "DebuggerRefusedError": "RuntimeError",
    "CompilerRefusedError": "RuntimeError",
    "TooLongError": "BaseException",
    # The two ends of a conversation raise and catch them: they import `grader.wire` alone.
    "WireError": "Exception",
    "ProtocolError": "WireError",
    "ClosedError": "WireError",
    "ExpiredError": "WireError",
    "TooLargeError": "WireError",
    "SandboxError": "Exception",
    # Raised and caught within one library.
    "TooDeepError": "yaml.YAMLError",
    "TwiceError": "yaml.MarkedYAMLError",
    "LocalisedUsageError": "click.UsageError",
}


def errors():
    """Yield each class of grader/ that is called an error or derives from one, with its bases."""
    for path in sorted((ROOT / "grader").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                bases = [ast.unparse(base) for base in node.bases]
                if any(base.endswith(("Error", "Exception")) for base in bases):
                    yield node.name, bases


def test_every_error_of_the_grader_is_a_grader_error():
    known = dict(errors())
    ours = {"GraderError"}
    for _ in range(len(known)):
        ours |= {name for name, bases in known.items() if ours & set(bases)}
    strange = {name: bases for name, bases in known.items() if name not in ours}
    assert {name: bases[0] for name, bases in strange.items()} == OTHERS
    assert len(ours) > len(OTHERS)


def test_one_clause_is_enough(tmp_path):
    with pytest.raises(GraderError):
        Course(tmp_path).exercise("ex01")
