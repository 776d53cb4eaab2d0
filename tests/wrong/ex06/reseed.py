# new generator per layer with a fixed seed from rng? each layer repeats the same numbers; counts only weights
import numpy as np


def build_network(sizes, rng):
    seed = rng.integers(2**31)
    p = {}
    for k in range(1, len(sizes)):
        r = np.random.default_rng(seed)
        p[f"W{k}"] = r.normal(size=(sizes[k - 1], sizes[k]))
        p[f"b{k}"] = np.zeros(sizes[k])
    return p


def count_parameters(params):
    total = 0
    for k in params:
        if k.startswith("W"):
            total += params[k].size
    return total
