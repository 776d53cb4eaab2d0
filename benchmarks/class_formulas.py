"""Right answers put together from parts: what each step of an exercise can be written as.

A template has a hole for each step; any choice of parts makes a right answer, whose formula is
another than that of every other choice.
"""

from __future__ import annotations

import itertools
import random
from typing import NamedTuple


class Formula(NamedTuple):
    """A template, and for each of its holes the forms that are right."""

    template: str
    forms: dict[str, tuple[str, ...]]


MOST = 120
"""Answers made of one exercise: as many right ones as a class of 200 holds."""

EX11 = Formula(
    """import numpy as np


def softmax(x):
    c = {maximum}
    e = {exponential}
    return {normalised}
""",
    {
        "maximum": (
            "np.max(x, axis=-1, keepdims=True)",
            "x.max(axis=-1, keepdims=True)",
            "np.amax(x, axis=x.ndim - 1)[..., None]",
            "np.maximum.reduce(x, axis=-1, keepdims=True)",
            "np.expand_dims(x.max(-1), -1)",
            "np.sort(x, axis=-1)[..., -1:]",
            "np.take_along_axis(x, np.argmax(x, axis=-1)[..., None], axis=-1)",
        ),
        "exponential": (
            "np.exp(x - c)",
            "np.exp(np.subtract(x, c))",
            "np.exp(-(c - x))",
            "np.square(np.exp((x - c) / 2))",
            "np.exp2((x - c) * 1.4426950408889634)",
            "np.power(np.e, x - c)",
        ),
        "normalised": (
            "e / np.sum(e, axis=-1, keepdims=True)",
            "e / e.sum(axis=-1)[..., None]",
            "e * (1 / e.sum(-1, keepdims=True))",
            "(e.T / e.sum(axis=-1).T).T",
            'e / np.einsum("...k->...", e)[..., None]',
            "np.divide(e, np.add.reduce(e, axis=-1, keepdims=True))",
            "e / (e @ np.ones(e.shape[-1], e.dtype))[..., None]",
            "e / np.cumsum(e, axis=-1)[..., -1:]",
        ),
    },
)

EX15 = Formula(
    """import numpy as np


def cross_entropy_error(d, y):
    y = {rows}
    d = np.asarray(d)
    n, K = y.shape
    d = {labels} if d.size == y.size else d.reshape(n)
    p = {picked}
    losses = {logarithm}
    return {mean}
""",
    {
        "rows": (
            "np.atleast_2d(y)",
            "np.reshape(y, (-1, np.shape(y)[-1]))",
            "np.array(y, ndmin=2)",
            "y[None, :] if y.ndim == 1 else y",
        ),
        "labels": (
            "np.argmax(d.reshape(n, K), axis=1)",
            "(d.reshape(n, K) @ np.arange(K)).astype(int)",
            "np.nonzero(d.reshape(n, K))[1]",
            "np.where(d.reshape(n, K) == 1)[1]",
        ),
        "picked": (
            "y[np.arange(n), d]",
            "np.take_along_axis(y, d[:, None], axis=1)[:, 0]",
            "np.array([row[k] for row, k in zip(y, d)])",
            "y[np.arange(K) == d[:, None]]",
            "(y * np.eye(K)[d]).sum(axis=1)",
            'np.einsum("nk,nk->n", y, np.eye(K)[d])',
            "y.reshape(-1)[np.arange(n) * K + d]",
        ),
        "logarithm": (
            "-np.log(p + 1e-7)",
            "-np.log(np.maximum(p, 1e-7))",
            "np.log(1 / (p + 1e-8))",
            "-np.log(np.clip(p, 1e-9, None))",
            "-np.log(np.where(p < 1e-10, 1e-10, p))",
            "np.negative(np.log2(p + 1e-7)) * np.log(2)",
        ),
        "mean": (
            "np.mean(losses)",
            "losses.sum() / n",
            "np.average(losses)",
            "float(sum(losses) / len(losses))",
            "np.add.reduce(losses) / losses.size",
            "losses @ np.full(n, 1 / n)",
        ),
    },
)

EX42 = Formula(
    """import torch
import torch.nn.functional as F


def backward(x, d, params):
    W1, b1, W2, b2 = (params[name] for name in ("W1", "b1", "W2", "b2"))
    n, K = len(x), len(b2)
    u1 = {total_input}
    z1 = {relu}
    u2 = z1 @ W2 + b2
    y = {softmax}
    t = {one_hot}
    delta2 = {mean}
    back = delta2 @ W2.T
    delta1 = {derivative}
    return {{
        "W1": {product}(x, delta1),
        "b1": {summed}(delta1),
        "W2": {product}(z1, delta2),
        "b2": {summed}(delta2),
    }}


def product(a, b):
    return a.T @ b


def outer(a, b):
    return torch.einsum("ni,nj->ij", a, b)


def summed(delta):
    return delta.sum(dim=0)


def by_ones(delta):
    return torch.ones_like(delta[:, 0]) @ delta
""",
    {
        "total_input": (
            "x @ W1 + b1",
            "torch.addmm(b1, x, W1)",
            "x.matmul(W1).add(b1)",
        ),
        "relu": (
            "torch.relu(u1)",
            "u1.clamp(min=0)",
            "F.relu(u1)",
            "torch.maximum(u1, torch.zeros_like(u1))",
            "u1 * (u1 > 0)",
            "torch.where(u1 > 0, u1, torch.zeros_like(u1))",
        ),
        "softmax": (
            "torch.softmax(u2, dim=1)",
            "torch.log_softmax(u2, dim=1).exp()",
            "torch.exp(u2 - torch.logsumexp(u2, dim=1, keepdim=True))",
            "torch.stack([torch.softmax(row, dim=0) for row in u2])",
        ),
        "one_hot": (
            "F.one_hot(d, num_classes=K)",
            "F.one_hot(d, K).to(y.dtype)",
            "torch.eye(K, dtype=y.dtype, device=y.device)[d]",
            "(torch.arange(K, device=x.device) == d[:, None]).to(y.dtype)",
            "torch.zeros_like(y).scatter(1, d[:, None], 1.0)",
        ),
        "mean": (
            "(y - t) / n",
            "(y - t) * (1 / n)",
            "torch.sub(y, t).div(n)",
            "y / n - t / n",
        ),
        "derivative": (
            "back * (u1 > 0)",
            "back * (z1 > 0).to(back.dtype)",
            "torch.where(u1 > 0, back, torch.zeros_like(back))",
            "back * torch.sign(z1)",
            "back * torch.heaviside(u1, torch.zeros_like(u1))",
            "back.masked_fill(u1 <= 0, 0.0)",
        ),
        "product": ("product", "outer"),
        "summed": ("summed", "by_ones"),
    },
)

FORMULAS = {"ex11": EX11, "ex15": EX15, "ex42": EX42}


def composed(name: str) -> list[str]:
    """Return right answers to an exercise, none twice, every form about as often as its like."""
    template, forms = FORMULAS[name]
    choices = list(itertools.product(*forms.values()))
    some = random.Random(name).sample(choices, min(MOST, len(choices)))  # noqa: S311 - the same each time
    return [template.format(**dict(zip(forms, choice, strict=True))) for choice in some]
