# asarray makes no copy
import numpy as np


def sgd_step(params, grads, learning_rate):
    out = {}
    for k in params:
        w = np.asarray(params[k])
        if k in grads:
            w -= learning_rate * grads[k]
        out[k] = w
    return out
