import numpy as np


def sgd_step(params, grads, learning_rate):
    new = {}
    for key in params:
        if key in grads:
            new[key] = params[key] - learning_rate * grads[key] / np.linalg.norm(grads[key])
        else:
            new[key] = params[key]
    return new
