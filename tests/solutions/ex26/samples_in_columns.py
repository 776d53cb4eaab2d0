import numpy as np


def backward(x, d, z1, y, params):
    A1, Y = z1.T, d.T
    m = Y.shape[1]
    dZ2 = y.T - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1) / m
    dZ1 = params["W2"] @ dZ2 * (A1 > 0)
    dW1 = dZ1 @ x / m
    db1 = np.sum(dZ1, axis=1) / m
    return {"W1": dW1.T, "b1": db1, "W2": dW2.T, "b2": db2}
