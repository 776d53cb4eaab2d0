import numpy as np


def forward(x, params):
    layers = len(params) // 2
    z, hidden = x, []
    for k in range(1, layers):
        u = z @ params[f"W{k}"] + params[f"b{k}"]
        hidden.append(u)
        z = np.maximum(u, 0)
    y = z @ params[f"W{layers}"] + params[f"b{layers}"]
    return y, hidden
