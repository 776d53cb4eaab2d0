# np.max along an axis in place of np.maximum
import numpy as np


def forward(x, params):
    L = len(params) // 2
    zs = []
    for k in range(1, L):
        x = np.max(x @ params[f"W{k}"] + params[f"b{k}"], 0)
        zs.append(x)
    return x @ params[f"W{L}"] + params[f"b{L}"], zs
