import numpy as np


def sgd_step(params, grads, learning_rate):
    new = {}
    for key in params:
        if key in grads:
            new[key] = params[key] + learning_rate * np.abs(grads[key]) * grads[key]
        else:
            new[key] = params[key]
    return new
