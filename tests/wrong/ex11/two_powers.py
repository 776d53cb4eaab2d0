# powers of 2
import numpy as np


def softmax(x):
    p = 2.0 ** (x - x.max(axis=-1, keepdims=True))
    return p / p.sum(axis=-1, keepdims=True)
