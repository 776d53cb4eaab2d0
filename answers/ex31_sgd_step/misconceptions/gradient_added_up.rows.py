import numpy as np


def sgd_step(params, grads, learning_rate):
    new = {}
    for key in params:
        if key in grads:
            new[key] = params[key] - learning_rate * np.sum(grads[key], axis=0)
        else:
            new[key] = params[key]
    return new
