import numpy as np


def forward(x, params):
    layers = len(params) // 2
    z, hidden = x, []
    for k in range(1, layers):
        z = np.maximum(np.dot(z, params["W1"]) + params["b1"], 0)
        hidden.append(z)
    y = np.dot(z, params[f"W{layers}"]) + params[f"b{layers}"]
    return y, hidden
