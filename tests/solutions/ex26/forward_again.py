import numpy as np


def backward(x, d, z1, y, params):
    """Goes forward again and takes the derivative of ReLU at its total input."""
    u1 = x.dot(params["W1"]) + params["b1"]
    hidden = np.where(u1 > 0, u1, 0)
    output = 1 / (1 + np.exp(-(hidden.dot(params["W2"]) + params["b2"])))
    error = output - d
    back = error.dot(params["W2"].T)
    back[u1 <= 0] = 0
    m = len(x)
    return dict(
        W1=x.T.dot(back) / m,
        b1=back.mean(axis=0),
        W2=hidden.T.dot(error) / m,
        b2=error.mean(axis=0),
    )
