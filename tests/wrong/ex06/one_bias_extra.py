# bias as long as the inputs, count leaves out biases
import numpy as np


def build_network(sizes, rng):
    d = {}
    for i in range(1, len(sizes)):
        d[f"W{i}"] = rng.normal(size=(sizes[i - 1], sizes[i]))
        d[f"b{i}"] = np.zeros(sizes[i - 1])
    return d


def count_parameters(params):
    n = 0
    for k, v in params.items():
        if v.ndim == 2:
            n += v.shape[0] * v.shape[1]
    return n
