import numpy as np


def forward(x, params):
    layers = len(params) // 2
    z, hidden = x, []
    for k in range(1, layers):
        z = np.maximum(z @ params.pop(f"W{k}") + params.pop(f"b{k}"), 0)
        hidden.append(z)
    y = z @ params.pop(f"W{layers}") + params.pop(f"b{layers}")
    return y, hidden
