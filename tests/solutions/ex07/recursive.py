import numpy as np


def forward(x, params, k=1):
    u = np.add(np.dot(x, params[f"W{k}"]), params[f"b{k}"])
    if f"W{k + 1}" not in params:
        return u, []
    z = np.where(u > 0, u, 0).astype(u.dtype)
    y, deeper = forward(z, params, k + 1)
    return y, [z, *deeper]
