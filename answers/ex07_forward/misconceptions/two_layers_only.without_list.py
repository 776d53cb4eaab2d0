import numpy as np


def forward(x, params):
    z1 = np.maximum(x @ params["W1"] + params["b1"], 0)
    y = z1 @ params["W2"] + params["b2"]
    return y
