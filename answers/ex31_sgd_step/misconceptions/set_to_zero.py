import numpy as np


def sgd_step(params, grads, learning_rate):
    new = {}
    for key, value in params.items():
        if key in grads:
            new[key] = value - learning_rate * grads[key]
        else:
            new[key] = np.zeros_like(value)
    return new
