import numpy as np


def sgd_step(params, grads, learning_rate):
    for key, value in params.items():
        grads.setdefault(key, np.zeros_like(value))
    return {key: value - learning_rate * grads[key] for key, value in params.items()}
