import numpy as np


def forward(x, params):
    layers = len(params) // 2
    z, hidden = x, []
    for k in range(1, layers - 1):
        z = np.maximum(np.dot(z, params[f"W{k}"]) + params[f"b{k}"], 0)
        hidden.append(z)
    y = np.dot(z, params[f"W{layers}"]) + params[f"b{layers}"]
    return y, hidden
