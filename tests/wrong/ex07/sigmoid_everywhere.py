# sigmoid in all layers, the output too
import numpy as np


def sigmoid(u):
    return 1 / (1 + np.exp(-u))


def forward(x, params):
    L = len(params) // 2
    zs = []
    for k in range(1, L + 1):
        x = sigmoid(x @ params[f"W{k}"] + params[f"b{k}"])
        zs.append(x)
    return zs[-1], zs[:-1]
