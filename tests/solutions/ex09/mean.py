import numpy as np


class MSE:
    def __init__(self, factor=0.5):
        self.factor = factor

    def __call__(self, d, y):
        return self.factor * ((d - np.asarray(y)) ** 2).mean()


mean_squared_error = MSE()
