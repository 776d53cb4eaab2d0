import functions
import numpy as np


def backward(x, d, z1, y, params):
    grads = {}
    # dE/du2: the identity has the slope 1, so what is left is (y - d) / (n·k), the mean included
    delta2 = functions.d_mean_squared_error(d, y)
    grads["b2"] = np.sum(delta2, axis=0)
    # what W2 was multiplied by, times delta2; the product sums over the samples
    grads["W2"] = z1.T @ delta2
    delta1 = (delta2 @ params["W2"].T) * functions.d_relu(z1)
    grads["b1"] = np.sum(delta1, axis=0)
    grads["W1"] = x.T @ delta1
    return grads
