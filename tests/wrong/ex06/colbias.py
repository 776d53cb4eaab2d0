# biases as (1, out), W transposed, pops from sizes
import numpy as np


def build_network(sizes, rng):
    p = {}
    n_in = sizes.pop(0)
    k = 1
    while sizes:
        n_out = sizes.pop(0)
        p["W" + str(k)] = rng.random((n_out, n_in))
        p["b" + str(k)] = np.zeros((1, n_out))
        n_in = n_out
        k += 1
    return p


def count_parameters(params):
    return sum(len(v) for v in params.values())
