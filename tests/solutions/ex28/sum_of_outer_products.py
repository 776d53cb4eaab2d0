import functions
import numpy as np


def backward(x, d, z1, y, params):
    grads = {}
    delta2 = -(d - y) / d.size
    grads["b2"] = np.sum(delta2, axis=0)
    grads["W2"] = np.zeros_like(params["W2"])
    for z, delta in zip(z1, delta2, strict=True):
        grads["W2"] += np.outer(z, delta)
    delta1 = (delta2 @ params["W2"].T) * functions.d_relu(z1)
    grads["b1"] = np.sum(delta1, axis=0)
    grads["W1"] = x.T @ delta1
    return grads
