# tanh in the place of relu
import numpy as np


def forward(x, params):
    L = len(params) // 2
    zs = []
    for k in range(1, L):
        x = np.tanh(x @ params[f"W{k}"] + params[f"b{k}"])
        zs.append(x)
    return x @ params[f"W{L}"] + params[f"b{L}"], zs
