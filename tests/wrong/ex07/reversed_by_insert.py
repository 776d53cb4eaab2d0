# list reversed by insert(0), and totals in it
import numpy as np


def forward(x, params):
    L = len(params) // 2
    zs = []
    for k in range(1, L + 1):
        u = x @ params[f"W{k}"] + params[f"b{k}"]
        x = u if k == L else np.maximum(0, u)
        if k < L:
            zs.insert(0, u)
    return x, zs
