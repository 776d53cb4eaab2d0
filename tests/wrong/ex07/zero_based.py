# counts keys from 0
import numpy as np


def forward(x, params):
    n_layers = len([k for k in params if k[0] == "W"])
    zs = []
    for i in range(n_layers):
        x = np.dot(x, params["W" + str(i)]) + params["b" + str(i)]
        if i < n_layers - 1:
            x = np.maximum(x, 0)
            zs.append(x)
    return x, zs
