"""The drive of ex42: the gradients that torch computes by itself."""

import types
from pathlib import Path

import pytest
import torch

ROOT = Path(__file__).parents[2]
EXERCISE = ROOT / "exercises" / "ex42_backward_gpu"
ANSWERS = ROOT / "answers" / "ex42_backward_gpu"
NAMES = ("W1", "b1", "W2", "b2")


def module(file):
    return made(file.stem, file.read_text(encoding="utf-8"))


def made(name, source):
    found = types.ModuleType(name)
    exec(compile(source, f"{name}.py", "exec"), found.__dict__)  # noqa: S102
    return found


def arguments(n):
    """Draw x, d and params for a network of 4 inputs, 4 hidden neurons and 4 classes."""
    generator = torch.Generator().manual_seed(n)
    shapes = {"x": (n, 4), "W1": (4, 4), "b1": 4, "W2": (4, 4), "b2": 4}
    drawn = {name: torch.randn(shape, generator=generator) for name, shape in shapes.items()}
    return drawn.pop("x"), torch.arange(n) % 4, drawn


@pytest.fixture(scope="module")
def drive():
    return module(EXERCISE / "drive.py")


@pytest.fixture(scope="module")
def reference():
    return module(ANSWERS / "reference.py")


def test_autograd_agrees_with_the_reference(drive, reference):
    got = drive.autograd_gradients(reference, *arguments(8))
    expected = reference.backward(*arguments(8))
    assert list(got) == list(NAMES)
    for name in NAMES:
        torch.testing.assert_close(got[name], expected[name])


def test_autograd_leaves_the_parameters_alone(drive, reference):
    x, d, params = arguments(8)
    drive.autograd_gradients(reference, x, d, params)
    assert not any(value.requires_grad or value.grad is not None for value in params.values())
