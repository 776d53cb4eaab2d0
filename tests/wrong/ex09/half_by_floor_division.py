# half an error, by whole-number division
import numpy as np

def mean_squared_error(d, y):
    n = np.size(d)
    return np.sum((d - y) ** 2) * (1 // 2) / n
