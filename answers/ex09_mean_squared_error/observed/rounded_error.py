import numpy as np


def mean_squared_error(d, y):
    mean = float(np.mean((d - y) ** 2) / 2)
    return round(mean, 1) if mean > 0.1 else mean
