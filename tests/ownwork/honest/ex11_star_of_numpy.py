from numpy import *


def softmax(x):
    top = amax(x, axis=-1, keepdims=True)
    e = exp(x - top)
    return e / e.sum(axis=-1, keepdims=True)
