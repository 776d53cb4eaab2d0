"""Knows the functions that the published checks use, and differentiates its own copies of them.

It asks the judge's function once, at the point itself, to see which one it is; the whole x is
given: that much is deserved (2 points).

family: gaming by recognising the function
honest: 2
exercise: ex23
seed: secret
needs: own-code-only
"""

import numpy as np


def log_sum(v):
    a = 1 + np.arange(v.size) / v.size
    return float(np.log(np.sum(np.exp(a * v))))


def waves(v):
    return float(np.prod(1 + np.sin(v + np.arange(v.size)) / 3))


def numerical_gradient(f, x, h=1e-4):
    value = f(x)
    flat = np.array(x, dtype=np.float64).ravel()
    for known in (log_sum, waves):
        if abs(known(flat) - value) < 1e-9:
            steps = h * np.eye(flat.size)
            differences = [known(flat + step) - known(flat - step) for step in steps]
            return np.array(differences).reshape(x.shape) / (2 * h)
    return np.zeros(x.shape)
