import numpy as np


def forward(x, params):
    layers = len(params) // 2
    z, hidden = x, []
    for k in range(layers):
        z = z @ params[f"W{k + 1}"] + params[f"b{k}"]
        if k < layers - 1:
            z = np.maximum(z, 0)
            hidden.append(z)
    return z, hidden
