import functions
import numpy as np


def backward(x, d, z1, y, params):
    # delta = dL/du: delta2 = (y - d) / n, delta1 = delta2·W2ᵀ ⊙ relu'(u1)
    # z1 > 0 exactly where u1 > 0
    delta2 = functions.d_sigmoid_with_loss(d, y)
    delta1 = (delta2 @ params["W2"].T) * functions.d_relu(z1)
    return {
        "W1": x.T @ delta1,
        "b1": np.sum(delta1, axis=0),
        "W2": z1.T @ delta2,
        "b2": np.sum(delta2, axis=0),
    }
