from itertools import pairwise

import numpy as np


def build_network(sizes, rng):
    shapes = dict(enumerate(pairwise(sizes), start=1))
    weights = {f"W{k}": rng.uniform(-0.1, 0.1, shape) for k, shape in shapes.items()}
    biases = {f"b{k}": np.zeros(outputs) for k, (_, outputs) in shapes.items()}
    return weights | biases


def count_parameters(params):
    return sum(values.size for values in params.values())
