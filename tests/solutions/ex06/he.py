"""He initialisation, standard normal."""
import math

import numpy as np


def layer(n_in, n_out, rng):
    return rng.standard_normal((n_in, n_out)) * math.sqrt(2 / n_in), np.zeros(n_out, dtype=float)


def build_network(sizes, rng):
    params = {}
    for l in range(1, len(sizes)):
        params["W%d" % l], params["b%d" % l] = layer(sizes[l - 1], sizes[l], rng)
    return params


def count_parameters(params):
    L = len(params) // 2
    total = 0
    for l in range(1, L + 1):
        n_in, n_out = params["W%d" % l].shape
        total += n_in * n_out + n_out
    return total
