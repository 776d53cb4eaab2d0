import numpy as np


def forward(x, params):
    layers = len(params) // 2
    z, hidden = x, []
    for k in range(1, layers):
        z = np.maximum(z @ params[f"W{k}"] + params[f"b{k}"], 0)
        hidden = [z]
    y = z @ params[f"W{layers}"] + params[f"b{layers}"]
    return y, hidden
