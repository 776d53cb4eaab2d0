# counts layers
import numpy as np


def build_network(sizes, rng):
    d = {}
    for i in range(1, len(sizes)):
        d[f"W{i}"] = rng.normal(size=(sizes[i - 1], sizes[i]))
        d[f"b{i}"] = np.zeros(sizes[i])
    return d


def count_parameters(params):
    return len(params) // 2
