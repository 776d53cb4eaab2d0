# one row drawn and repeated for all inputs
import numpy as np


def build_network(sizes, rng):
    d = {}
    for i in range(1, len(sizes)):
        d[f"W{i}"] = np.tile(rng.normal(size=sizes[i]), (sizes[i - 1], 1))
        d[f"b{i}"] = np.zeros(sizes[i])
    return d


def count_parameters(params):
    return sum(p.size for p in params.values())
