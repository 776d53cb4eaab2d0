import numpy as np


def sgd_step(params, grads, learning_rate):
    new = {key: np.array(value, dtype=np.float64) for key, value in params.items()}
    for key in grads:
        new[key] -= learning_rate * grads[key]
    return new
