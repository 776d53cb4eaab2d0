# takes pairs in the order of the dictionary by an iterator
import numpy as np


def forward(x, params):
    it = iter(params.values())
    hidden = []
    for W in it:
        b = next(it)
        u = x @ W + b
        x = np.maximum(u, 0)
        hidden.append(x)
    return u, hidden[:-1]
