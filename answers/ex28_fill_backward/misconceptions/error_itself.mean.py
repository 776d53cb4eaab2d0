import functions
import numpy as np


def backward(x, d, z1, y, params):
    grads = {}
    delta2 = 0.5 * (d - y) ** 2 / y.size
    grads["b2"] = np.sum(delta2, axis=0)
    grads["W2"] = z1.T @ delta2
    delta1 = (delta2 @ params["W2"].T) * functions.d_relu(z1)
    grads["b1"] = np.sum(delta1, axis=0)
    grads["W1"] = x.T @ delta1
    return grads
