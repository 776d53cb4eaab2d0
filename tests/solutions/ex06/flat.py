import numpy as np


def build_network(sizes, rng):
    counts = [a * b for a, b in zip(sizes, sizes[1:])]
    flat = rng.normal(0, 0.01, size=sum(counts))
    parts = np.split(flat, np.cumsum(counts)[:-1])
    params = {}
    for k in range(len(sizes) - 1, 0, -1):
        params["b%d" % k] = np.zeros((sizes[k],), dtype=np.float64)
        params["W%d" % k] = parts[k - 1].reshape(sizes[k - 1], -1)
    return params


def count_parameters(params):
    return np.concatenate([p.ravel() for p in params.values()]).size
