import math

import numpy as np


def layer(inputs, outputs, rng):
    # He et al. (2015): with relu, outputs vary as much as the inputs did
    scale = math.sqrt(2 / inputs)
    return scale * rng.standard_normal((inputs, outputs)), np.zeros(outputs)


def build_network(sizes, rng):
    params = {}
    for k in range(1, len(sizes)):
        W, b = layer(sizes[k - 1], sizes[k], rng)
        params[f"W{k}"], params[f"b{k}"] = W, b
    return params


def count_parameters(params):
    return sum(math.prod(values.shape) for values in params.values())
