import numpy as np


def forward(x, params):
    numbers = [key[1:] for key in params if key.startswith("W")]
    z, hidden = x, []
    for k in numbers[:-1]:
        z = np.maximum(z @ params["W" + k] + params["b" + k], 0)
        hidden.append(z)
    return z @ params["W" + numbers[-1]] + params["b" + numbers[-1]], hidden
