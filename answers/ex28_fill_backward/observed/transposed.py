import functions
import numpy as np


def backward(x, d, z1, y, params):
    grads = {}
    delta2 = 2 * functions.d_mean_squared_error(d, y)
    grads["b2"] = np.sum(delta2, axis=0)
    grads["W2"] = delta2.T @ z1 / 2
    delta1 = (delta2 @ params["W2"].T) * functions.d_relu(z1)
    grads["b1"] = np.sum(delta1, axis=0)
    grads["W1"] = x.T @ delta1
    return grads
