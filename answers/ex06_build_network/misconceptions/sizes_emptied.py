import numpy as np


def build_network(sizes, rng):
    params = {}
    inputs, k = sizes.pop(0), 0
    while sizes:
        outputs, k = sizes.pop(0), k + 1
        params[f"W{k}"] = rng.normal(size=(inputs, outputs))
        params[f"b{k}"] = np.zeros(outputs)
        inputs = outputs
    return params


def count_parameters(params):
    return sum(values.size for values in params.values())
