import numpy as np


def build_network(sizes, rng):
    params = {}
    for k in range(1, len(sizes)):
        params[f"W{k}"] = rng.normal(size=(sizes[k - 1], sizes[k]))
        params[f"b{k}"] = np.zeros(sizes[k])
    return params


def count_parameters(params):
    layers = len(params) // 2
    return sum(params[f"W{k}"].size + params[f"b{k}"].size for k in range(1, layers))
