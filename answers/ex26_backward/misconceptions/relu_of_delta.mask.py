import functions
import numpy as np


def backward(x, d, z1, y, params):
    delta2 = functions.d_sigmoid_with_loss(d, y)
    error = delta2 @ params["W2"].T
    delta1 = error * functions.d_relu(error)
    return {
        "W1": x.T @ delta1,
        "b1": np.sum(delta1, axis=0),
        "W2": z1.T @ delta2,
        "b2": np.sum(delta2, axis=0),
    }
