# clips gradients to -1 … 1
import numpy as np


def sgd_step(params, grads, learning_rate):
    return {
        k: p - learning_rate * np.clip(grads[k], -1, 1) if k in grads else p
        for k, p in params.items()
    }
