import numpy as np


def sgd_step(params, grads, learning_rate):
    for key, grad in grads.items():
        np.subtract(params[key], learning_rate * grad, out=params[key])
    return params
