import numpy as np


def backward(x, d, z1, y, params):
    error = (y - d) / y.size
    hidden = np.where(z1 > 0, error @ params["W2"].T, 0)
    return {
        "W1": x.T @ hidden,
        "b1": hidden.sum(axis=0),
        "W2": z1.T @ error,
        "b2": error.sum(axis=0),
    }
