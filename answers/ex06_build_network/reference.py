from itertools import pairwise

import numpy as np


def build_network(sizes, rng):
    # one layer between any two neighbours of sizes: W_k has a row for each input, a column for
    # each neuron; small random weights make the neurons of a layer different from the start
    params = {}
    for k, (inputs, outputs) in enumerate(pairwise(sizes), start=1):
        params[f"W{k}"] = rng.normal(scale=0.1, size=(inputs, outputs))
        params[f"b{k}"] = np.zeros(outputs)
    return params


def count_parameters(params):
    return sum(np.size(values) for values in params.values())
