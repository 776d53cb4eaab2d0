# the weighted inputs of all neurons are added up for each sample
import numpy as np


def total_input(x, W, b):
    return np.sum(x @ W, axis=-1, keepdims=True) + b
