import numpy as np


def build_network(sizes, rng):
    # older courses: (out, in) first, turned round at the end
    parameters = {}
    for l in range(1, len(sizes)):
        parameters["W" + str(l)] = (rng.normal(0, 1, (sizes[l], sizes[l - 1])) * 0.01).T
        parameters["b" + str(l)] = np.zeros((sizes[l], 1)).ravel()
    return parameters


def count_parameters(params):
    return sum(len(p.reshape(-1)) for p in params.values())
