import numpy as np


def backward(x, d, z1, y, params):
    delta2 = (y - d) / y.shape[0]
    delta1 = np.einsum("no,ho,nh->nh", delta2, params["W2"], z1 > 0)
    return {
        "b2": np.einsum("no->o", delta2),
        "W2": np.einsum("nh,no->ho", z1, delta2),
        "b1": np.einsum("nh->h", delta1),
        "W1": np.einsum("ni,nh->ih", x, delta1),
    }
