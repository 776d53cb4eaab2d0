import numpy as np


def sgd_step(params, grads, learning_rate):
    return {
        key: (value - learning_rate * grads.get(key, 0)).astype(np.float32)
        for key, value in params.items()
    }
