import numpy as np


class MeanSquaredError:
    def __init__(self, factor):
        self.factor = factor
        self.error = None

    def __call__(self, d, y):
        self.error = np.subtract(y, d)
        return self.factor * np.average(np.square(self.error))


mean_squared_error = MeanSquaredError(1 / 2)
