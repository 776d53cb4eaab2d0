import numpy as np


def forward(x, params):
    """Each layer as one product, the bias as a row of weights below the others."""
    z, hidden = x, []
    L = int(len(params) / 2)
    for k in range(1, 1 + L):
        ones = np.ones((z.shape[0], 1), dtype=z.dtype)
        theta = np.vstack([params[f"W{k}"], params[f"b{k}"]])
        u = np.hstack([z, ones]) @ theta
        z = (np.abs(u) + u) / 2 if k < L else u
        if k < L:
            hidden += [z]
    return z, hidden
