import numpy as np


def forward(x, params):
    layers = len(params) // 2
    z, hidden = x, []
    for k in range(layers):
        z = np.maximum(z @ params[f"W{k}"] + params[f"b{k}"], 0)
        hidden.append(z)
    y = z @ params[f"W{layers + 1}"] + params[f"b{layers + 1}"]
    return y, hidden
