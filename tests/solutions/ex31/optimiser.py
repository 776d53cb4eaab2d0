import numpy as np


class SGD:
    def __init__(self, lr):
        self.lr = lr

    def step(self, p, g):
        if g is None:
            return p
        return np.subtract(p, np.multiply(self.lr, g))


def sgd_step(params, grads, learning_rate):
    optimiser = SGD(learning_rate)
    return {k: optimiser.step(p, grads.get(k)) for k, p in sorted(params.items())}
