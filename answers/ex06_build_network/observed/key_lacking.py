import numpy as np


def build_network(sizes, rng):
    params = {}
    for k in range(1, len(sizes)):
        params[f"W_{k}"] = rng.normal(size=(sizes[k - 1], sizes[k]))
        params[f"b_{k}"] = np.zeros(sizes[k])
    return params


def count_parameters(params):
    return sum(values.size for values in params.values())
