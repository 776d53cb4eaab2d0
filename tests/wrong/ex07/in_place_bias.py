# right values, but params is emptied at the end
import numpy as np


def forward(x, params):
    L = len(params) // 2
    zs = []
    for k in range(1, L + 1):
        W, u = params[f"W{k}"], params[f"b{k}"]
        W *= 1
        x = x @ W + u
        if k < L:
            W[x.sum() > 0] += 0
            x[x < 0] = 0
            zs.append(x)
    params.clear()
    return x, zs
