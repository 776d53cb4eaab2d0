"""The references that derive by hand agree with PyTorch's automatic derivatives."""

import runpy
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

ANSWERS = Path(__file__).parents[2] / "answers"
DERIVATIVES = runpy.run_path(str(ANSWERS / "ex24_derivatives" / "reference.py"))
JACOBIAN = runpy.run_path(str(ANSWERS / "ex25_softmax_jacobian" / "reference.py"))


@pytest.fixture
def scores():
    return np.random.default_rng(3).normal(scale=3, size=(5, 4))


def gradient(function, at):
    """Return what PyTorch finds for the sum of a function's values."""
    leaf = torch.tensor(at, requires_grad=True)
    function(leaf).sum().backward()
    return leaf.grad.numpy()


@pytest.mark.parametrize(
    ("name", "function"), [("d_relu", torch.relu), ("d_sigmoid", torch.sigmoid)]
)
def test_activations(name, function, scores):
    u = np.append(scores, [0, -1000, 1000])
    np.testing.assert_allclose(DERIVATIVES[name](u), gradient(function, u), atol=1e-15)


def test_mean_squared_error(scores):
    d = scores[::-1].copy()
    right = gradient(lambda y: functional.mse_loss(y, torch.tensor(d)) / 2, scores)
    np.testing.assert_allclose(DERIVATIVES["d_mean_squared_error"](d, scores), right)


def test_sigmoid_with_loss(scores):
    u, d = scores[:, :1], np.array([[0.0], [1], [1], [0], [1]])
    loss = functional.binary_cross_entropy_with_logits
    right = gradient(lambda v: loss(v, torch.tensor(d)), u)
    y = torch.sigmoid(torch.tensor(u)).numpy()
    np.testing.assert_allclose(DERIVATIVES["d_sigmoid_with_loss"](d, y), right)


@pytest.mark.parametrize("one_hot", [False, True])
def test_softmax_with_loss(scores, one_hot):
    d = np.array([2, 0, 3, 1, 2])
    right = gradient(lambda v: functional.cross_entropy(v, torch.tensor(d)), scores)
    labels = np.eye(4)[d] if one_hot else d
    y = JACOBIAN["softmax"](scores)
    np.testing.assert_allclose(DERIVATIVES["d_softmax_with_loss"](labels, y), right)


def test_softmax_jacobian(scores):
    z = torch.tensor(scores[0])
    right = torch.autograd.functional.jacobian(lambda v: torch.softmax(v, 0), z).numpy()
    np.testing.assert_allclose(JACOBIAN["softmax_jacobian"](scores[0]), right, atol=1e-15)


def test_softmax_backward(scores):
    grad = scores[::-1].copy()
    right = gradient(lambda z: torch.softmax(z, 1) * torch.tensor(grad), scores)
    np.testing.assert_allclose(JACOBIAN["softmax_backward"](scores, grad), right, atol=1e-15)
