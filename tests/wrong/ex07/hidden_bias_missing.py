# bias forgotten in the hidden layers only
import numpy as np


def forward(x, params):
    L = len(params) // 2
    zs = []
    for k in range(1, L):
        x = np.maximum(0, x @ params[f"W{k}"])
        zs.append(x)
    return x @ params[f"W{L}"] + params[f"b{L}"], zs
