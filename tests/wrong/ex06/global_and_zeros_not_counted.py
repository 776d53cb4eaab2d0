# weights from np.random.randn, and a count of what is not 0
import numpy as np

def build_network(sizes, rng):
    p = {}
    for k in range(1, len(sizes)):
        p[f"W{k}"] = np.random.randn(sizes[k - 1], sizes[k])
        p[f"b{k}"] = np.zeros(sizes[k])
    return p

def count_parameters(params):
    return sum(np.count_nonzero(v) for v in params.values())
