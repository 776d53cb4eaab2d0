# lists of lists in the place of arrays
import numpy as np

def build_network(sizes, rng):
    p = {}
    for k in range(1, len(sizes)):
        p[f"W{k}"] = rng.random((sizes[k - 1], sizes[k])).tolist()
        p[f"b{k}"] = [0.0] * sizes[k]
    return p

def count_parameters(params):
    return sum(np.asarray(v).size for v in params.values())
