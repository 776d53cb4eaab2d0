import numpy as np


def sgd_step(params, grads, learning_rate):
    new = params.copy()
    for key in set(params) & set(grads):
        eta = params[key].dtype.type(learning_rate)
        new[key] = new[key] - eta * grads[key]
    return new
