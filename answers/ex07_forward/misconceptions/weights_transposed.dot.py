import numpy as np


def forward(x, params):
    layers = len(params) // 2
    z, hidden = x, []
    for k in range(1, layers):
        z = np.maximum(np.dot(z, params[f"W{k}"].T) + params[f"b{k}"], 0)
        hidden.append(z)
    y = np.dot(z, params[f"W{layers}"].T) + params[f"b{layers}"]
    return y, hidden
