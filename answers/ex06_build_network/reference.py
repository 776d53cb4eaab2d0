from itertools import pairwise

import numpy as np


def build_network(sizes, rng):
    # layer k lies between two neighbours of sizes
    params = {}
    for k, (inputs, outputs) in enumerate(pairwise(sizes), start=1):
        params[f"W{k}"] = rng.normal(scale=0.1, size=(inputs, outputs))
        params[f"b{k}"] = np.zeros(outputs)
    return params


def count_parameters(params):
    return sum(np.size(values) for values in params.values())
