# weights (out, in), biases as columns, randn from the global generator with its own seed
import numpy as np


def build_network(layer_dims, rng):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


def count_parameters(params):
    return sum(p.size for p in params.values())
