# weights are float32
import numpy as np


def build_network(sizes, rng):
    d = {}
    for i in range(1, len(sizes)):
        d[f"W{i}"] = rng.random((sizes[i - 1], sizes[i]), dtype=np.float32)
        d[f"b{i}"] = np.zeros(sizes[i], dtype=np.float32)
    return d


def count_parameters(params):
    return sum(p.size for p in params.values())
