import numpy as np


def build_network(sizes, rng):
    net = dict()
    i = 0
    while i < len(sizes) - 1:
        W = np.empty((sizes[i], sizes[i + 1]))
        for r in range(sizes[i]):
            for c in range(sizes[i + 1]):
                W[r, c] = rng.random() - 0.5
        net["W" + str(i + 1)] = W
        net["b" + str(i + 1)] = np.array([0.0] * sizes[i + 1])
        i += 1
    return net


def count_parameters(params):
    count = 0
    for key in params:
        for _ in params[key].flat:
            count += 1
    return count
