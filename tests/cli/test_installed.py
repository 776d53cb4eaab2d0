"""A machine without PyTorch, or with a Python that is too old: both are said in words."""

import ast
import json
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from grader.course.loading import Course
from grader.judge.failures import not_installed
from grader.report.messages import sentence

ROOT = Path(__file__).resolve().parents[2]
EX42 = ROOT / "answers" / "ex42_backward_gpu" / "reference.py"
EX11 = ROOT / "answers" / "ex11_softmax" / "reference.py"
WITHOUT_TORCH = """
import importlib.util
import sys

found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *where: None if name == "torch" else found(name, *where)

from grader.cli.main import run

run(sys.argv[1:])
"""
NEEDS = {
    "en": "This exercise needs PyTorch, which is not installed here, so nothing was graded",
    "fr": "Cet exercice demande PyTorch, qui n'est pas installé ici",
    "ru": "Для этого упражнения нужен PyTorch, а здесь он не установлен",
}
LISTED = {
    "en": "PyTorch is not installed",
    "fr": "PyTorch n'est pas installé",
    "ru": "библиотека PyTorch не установлена",
}
OLD = "import sys; sys.version_info = (3, 10, 13, 'final', 0); import grader"


def without_torch(*arguments, folder=ROOT):
    return subprocess.run(
        [sys.executable, "-P", "-c", WITHOUT_TORCH, *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        env={"PATH": "", "NO_COLOR": "1", "COLUMNS": "300", "HOME": "/nonexistent"},
    )


@pytest.mark.parametrize("lang", NEEDS)
def test_an_exercise_whose_library_is_missing_is_not_graded(lang):
    done = without_torch("--lang", lang, "grade", "ex42", EX42)
    assert done.returncode == 3
    assert NEEDS[lang] in done.stdout
    assert "`pip install 'nn-grader[torch]'`" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("device", ["sim", "cuda", "both"])
def test_no_device_is_spoken_of_before_it_is_installed(device):
    done = without_torch("grade", "ex42", EX42, "--device", device)
    assert done.returncode == 3
    assert NEEDS["en"] in done.stdout


@pytest.mark.parametrize(
    ("system", "machine", "told"),
    [
        ("linux", "x86_64", "that is the CUDA build"),
        ("linux", "aarch64", "its build for the CPU is all"),
        ("darwin", "arm64", "its build for the CPU is all"),
        ("win32", "AMD64", "its build for the CPU is all"),
    ],
)
def test_each_system_is_told_which_build_it_gets(monkeypatch, system, machine, told):
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    finding = not_installed("torch").finding
    assert told in sentence(finding.id, finding.args, "en")


@pytest.mark.parametrize("lang", LISTED)
def test_the_list_says_which_exercises_need_it(lang):
    lines = without_torch("--lang", lang, "list").stdout.splitlines()
    needing = [one.model.id for one in Course(ROOT).exercises() if "torch" in libraries_of(one)]
    assert needing
    assert [line.split()[0] for line in lines if LISTED[lang] in line] == needing


def libraries_of(exercise):
    return getattr(exercise.model, "libraries", ())


def test_every_other_exercise_is_graded_without_it():
    done = without_torch("grade", "ex11", EX11, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "graded"


def test_what_cannot_be_proved_without_it_is_named():
    done = without_torch("validate", "ex42")
    assert done.returncode == 0, done.stdout
    assert "PyTorch is not installed" in done.stdout


def test_the_machine_is_examined_without_it():
    done = without_torch("doctor")
    assert done.returncode == 0, done.stderr
    assert "numpy" in done.stdout
    assert "PyTorch is not installed, and some exercises need it: pip install" in done.stdout
    assert json.loads(without_torch("doctor", "--json").stdout)["card"]["lacking"] == "torch"


def test_a_python_that_is_too_old_is_told_so_in_three_languages():
    done = subprocess.run(
        [sys.executable, "-c", OLD], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for words in ["needs Python 3.11 or newer", "demande Python 3.11", "нужен Python не ниже 3.11"]:
        assert words in done.stderr
    assert done.stderr.count("Python 3.10") == 3


def test_old_versions_can_read_what_tells_them():
    source = (ROOT / "grader" / "__init__.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))


def test_what_is_pinned_leaves_an_old_python_to_be_refused_by_name():
    """Else pip finds versions in conflict, and does not say that the reason is Python's age."""
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(pin.endswith('; python_version >= "3.11"') for pin in pins)
