import numpy as np


def backward(x, d, z1, y, params):
    for i in range(len(x)):
        delta2 = (y[i] - d[i]) / len(x)
        delta1 = (params["W2"] @ delta2) * (z1[i] > 0)
        grads = {
            "W1": np.outer(x[i], delta1),
            "b1": delta1,
            "W2": np.outer(z1[i], delta2),
            "b2": delta2,
        }
    return grads
