import math

import numpy as np


def layer(inputs, outputs, rng):
    # He et al. (2015): each output varies as much as the inputs, if these come from a relu
    scale = math.sqrt(2 / inputs)
    return scale * rng.standard_normal((inputs, outputs)), np.zeros(outputs)


def build_network(sizes, rng):
    params = {}
    for k in range(1, len(sizes)):
        params[f"W{k}"], params[f"b{k}"] = layer(sizes[k - 1], sizes[k], rng)
    return params


def count_parameters(params):
    return sum(math.prod(values.shape) for values in params.values())
