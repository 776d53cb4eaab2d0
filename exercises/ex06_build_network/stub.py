import numpy as np


def build_network(sizes, rng):
    raise NotImplementedError


def count_parameters(params):
    raise NotImplementedError
