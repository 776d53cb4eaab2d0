# keys from 0, counts weights only
import numpy as np


def build_network(sizes, rng):
    d = {}
    for i in range(len(sizes) - 1):
        d["W" + str(i)] = rng.standard_normal((sizes[i], sizes[i + 1]))
        d["b" + str(i)] = np.zeros(sizes[i + 1])
    return d


def count_parameters(params):
    return sum(params[k].size for k in params if "W" in k)
