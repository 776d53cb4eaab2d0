# a list of pairs in place of a dictionary
import numpy as np


def build_network(sizes, rng):
    return [(rng.normal(size=(a, b)), np.zeros(b)) for a, b in zip(sizes, sizes[1:])]


def count_parameters(params):
    return sum(W.size + b.size for W, b in params)
