import functions
import numpy as np


def backward(x, d, z1, y, params):
    grads = {}
    # dE/du2 = (y - d) / (n·k): the identity has the slope 1
    delta2 = functions.d_mean_squared_error(d, y)
    grads["b2"] = np.sum(delta2, axis=0)
    # the input of the layer, times its delta; summed over the samples
    grads["W2"] = z1.T @ delta2
    delta1 = (delta2 @ params["W2"].T) * functions.d_relu(z1)
    grads["b1"] = np.sum(delta1, axis=0)
    grads["W1"] = x.T @ delta1
    return grads
