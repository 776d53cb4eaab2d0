import numpy as np


def sgd_step(params, grads, learning_rate):
    result = {}
    for name in params:
        if name in grads:
            result[name] = params[name] - learning_rate * grads[name]
        else:
            result[name] = np.copy(params[name])
    return result
