import numpy as np


def forward(x, params):
    # z_0 = x, z_k = relu(z_{k-1}·W_k + b_k), k < L; y = z_{L-1}·W_L + b_L
    layers = len(params) // 2
    z, hidden = x, []
    for k in range(1, layers):
        z = np.maximum(z @ params[f"W{k}"] + params[f"b{k}"], 0)
        hidden.append(z)
    y = z @ params[f"W{layers}"] + params[f"b{layers}"]
    return y, hidden
