"""What the tests of attacks share: the attacks, the grader in namespaces, planted canaries."""

import ast
import importlib.util
import json
import os
import re
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from grader.report.models import Report

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FAMILIES = ("forging", "tampering", "path", "stealing", "fooling", "gaming", "resources", "timing")
OURS = {"conftest.py", "test_attacks.py", "test_namespaces.py"}
COURSE = ("exercises", "answers/ex11_softmax", "i18n")
# Multiples of 1/64, as the inputs of the hidden checks are, and recognisable wherever they appear.
CANARY_NUMBER = 4242.484375
CANARIES = {
    "reference": "CanaryOfTheReference",
    "checks": "CanaryOfTheChecks",
    "environment": "CanaryOfTheEnvironment",
    "home": "CanaryOfTheHomeFolder",
    "neighbour": "CanaryOfTheNeighbour",
    "hidden input": "4242.48",
}


@dataclass(frozen=True)
class Attack:
    """One cheat: a submission for ex11 that deserves ``honest`` points."""

    path: Path
    family: str
    honest: Decimal


def attacks():
    """Read all attacks. Their docstrings end in the lines ``family: …`` and ``honest: …``."""
    for path in sorted(HERE.glob("*.py")):
        if path.name in OURS:
            continue
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        fields = dict(re.findall(r"^(family|honest): (.+)$", docstring, re.MULTILINE))
        yield Attack(path, fields["family"], Decimal(fields["honest"]))


def pytest_generate_tests(metafunc):
    """Run the tests that take an attack once for each."""
    if "attack" in metafunc.fixturenames:
        found = list(attacks())
        metafunc.parametrize("attack", found, ids=[attack.path.stem for attack in found])


@pytest.fixture(scope="session")
def every_attack():
    """All attacks."""
    return list(attacks())


@pytest.fixture(scope="session")
def namespaces():
    """The module ``tests/namespaces.py``; skips where namespaces cannot be made."""
    spec = importlib.util.spec_from_file_location("namespaces", HERE.parent / "namespaces.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    command, problem = module.available()
    if command is None:
        pytest.skip(problem)
    return module


@pytest.fixture(scope="session")
def planted():
    """Files of the course with canaries in what students must not see, by name."""
    checks = (ROOT / "exercises/ex11_softmax/checks.py").read_text(encoding="utf-8")
    reference = (ROOT / "answers/ex11_softmax/reference.py").read_text(encoding="utf-8")
    hidden_call = "    arrays = [3 * logits(rng, size) for size in [1, 2, 40]]\n"
    assert hidden_call in checks, "test_other_samples has changed: plant the canary anew"
    planted_call = f"{hidden_call}    arrays.append(np.array([{CANARY_NUMBER}, 0.0]))\n"
    return {
        "course/exercises/ex11_softmax/checks.py": checks.replace(hidden_call, planted_call)
        + f"\n\nSECRET = {CANARIES['checks']!r}\n",
        "course/answers/ex11_softmax/reference.py": reference
        + f"\n\nSECRET = {CANARIES['reference']!r}\n",
        "home/diary.txt": CANARIES["home"],
        "work/ex11_neighbour.py": f"SECRET = {CANARIES['neighbour']!r}\n",
        "work/honest.py": reference,
        "temporary/.keep": "",
    }


@pytest.fixture
def graded(namespaces, planted, tmp_path):
    """Grade submissions one after the other, each by the command, inside namespaces."""

    def grade(*paths, levels=()):
        names = [f"work/{path.name}" for path in paths]
        sources = [path.read_text(encoding="utf-8") for path in paths]
        command = [sys.executable, "-P", "-m", "grader", "--course", str(tmp_path / "course")]
        command += ["grade", "ex11", "--json", "--audience", "student", *levels]
        return namespaces.run(
            tmp_path,
            copies={f"course/{name}": ROOT / name for name in COURSE},
            files=planted | dict(zip(names, sources, strict=True)),
            commands=[[*command, Path(name).name] for name in (*names, "work/honest.py")],
            environment={
                "GRADER_LANG": "en",
                "HOME": str(tmp_path / "home"),
                "TMPDIR": str(tmp_path / "temporary"),
                "SECRET": CANARIES["environment"],
                "PYTHONDONTWRITEBYTECODE": "1",  # pytest keeps compiled checks beside them
                **{name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ},
            },
        )

    return grade


@pytest.fixture(scope="session")
def canaries(planted):
    """What must not appear in anything a student sees."""
    tree = ast.parse(planted["course/exercises/ex11_softmax/checks.py"])
    hidden = {
        node.name: node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(mark, ast.Name) and mark.id == "hidden" for mark in node.decorator_list)
    }
    assert hidden
    return CANARIES | hidden


@pytest.fixture(scope="session")
def read_report():
    """Read what the command printed as a report, which validates it."""
    return lambda done: Report.model_validate(json.loads(done["stdout"]))
