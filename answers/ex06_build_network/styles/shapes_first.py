from itertools import pairwise

import numpy as np


def build_network(sizes, rng):
    shapes = list(enumerate(pairwise(sizes), start=1))
    W = {f"W{k}": rng.uniform(-0.1, 0.1, shape) for k, shape in shapes}
    b = {f"b{k}": np.zeros(outputs) for k, (_, outputs) in shapes}
    return W | b


def count_parameters(params):
    return sum(values.size for values in params.values())
