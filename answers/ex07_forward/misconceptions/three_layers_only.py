import numpy as np


def forward(x, params):
    z1 = np.maximum(x @ params["W1"] + params["b1"], 0)
    z2 = np.maximum(z1 @ params["W2"] + params["b2"], 0)
    y = z2 @ params["W3"] + params["b3"]
    return y, [z1, z2]
