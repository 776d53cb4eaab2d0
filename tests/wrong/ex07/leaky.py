# leaky relu in hidden layers
import numpy as np


def forward(x, params):
    L = len(params) // 2
    zs = []
    for k in range(1, L):
        u = x @ params[f"W{k}"] + params[f"b{k}"]
        x = np.maximum(0.1 * u, u)
        zs.append(x)
    return x @ params[f"W{L}"] + params[f"b{L}"], zs
