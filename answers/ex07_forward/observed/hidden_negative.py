import numpy as np


def forward(x, params):
    layers = len(params) // 2
    z, hidden = x, []
    for k in range(1, layers):
        z = z @ params[f"W{k}"] + params[f"b{k}"]
        z = np.where(z > 0, z, 0.01 * z)
        hidden.append(z)
    y = z @ params[f"W{layers}"] + params[f"b{layers}"]
    return y, hidden
