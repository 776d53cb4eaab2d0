import numpy as np


def sgd_step(params, grads, learning_rate):
    new = {}
    for key, value in params.items():
        new[key] = np.empty_like(value)
        for i in np.ndindex(value.shape):
            slope = grads[key][i] if key in grads else 0
            new[key][i] = value[i] - learning_rate * slope
    return new
