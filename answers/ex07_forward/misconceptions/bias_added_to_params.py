import numpy as np


def forward(x, params):
    layers = len(params) // 2
    z, hidden = x, []
    for k in range(1, layers + 1):
        u = params[f"b{k}"]
        u += z @ params[f"W{k}"]
        z = np.maximum(u, 0)
        hidden.append(z)
    return u, hidden[:-1]
