# return stands inside the loop: one hidden layer only
import numpy as np


def forward(x, params):
    L = len(params) // 2
    zs = []
    z = x
    for k in range(1, L):
        z = np.maximum(0, z @ params[f"W{k}"] + params[f"b{k}"])
        zs.append(z)
        return z @ params[f"W{L}"] + params[f"b{L}"], zs
    return z @ params[f"W{L}"] + params[f"b{L}"], zs
