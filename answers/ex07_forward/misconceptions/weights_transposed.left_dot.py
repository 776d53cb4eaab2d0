import numpy as np


def forward(x, params):
    layers = len(params) // 2
    z, hidden = x, []
    for k in range(1, layers):
        z = np.maximum(np.dot(params[f"W{k}"], z) + params[f"b{k}"], 0)
        hidden.append(z)
    y = np.dot(params[f"W{layers}"], z) + params[f"b{layers}"]
    return y, hidden
