import functions
import numpy as np


def backward(x, d, z1, y, params):
    delta2 = functions.d_sigmoid_with_loss(d, y)
    delta1 = (delta2 @ params["W2"].T) * functions.d_relu(z1)
    return {
        "dW1": x.T @ delta1,
        "db1": np.sum(delta1, axis=0),
        "dW2": z1.T @ delta2,
        "db2": np.sum(delta2, axis=0),
    }
