# weights from np.random.rand
import numpy as np


def build_network(sizes, rng):
    d = {}
    for i in range(len(sizes) - 1):
        d[f"W{i+1}"] = np.random.rand(sizes[i], sizes[i + 1])
        d[f"b{i+1}"] = np.zeros(sizes[i + 1])
    return d


def count_parameters(params):
    return sum(p.size for p in params.values())
