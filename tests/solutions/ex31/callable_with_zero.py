import numpy as np


class Step:
    def __call__(self, params, grads, learning_rate):
        out = {}
        for key in sorted(params):
            out[key] = np.subtract(params[key], np.multiply(learning_rate, grads.get(key, 0)))
        return out


sgd_step = Step()
