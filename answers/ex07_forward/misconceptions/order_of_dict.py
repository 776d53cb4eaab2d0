import numpy as np


def forward(x, params):
    weights = [value for key, value in params.items() if key.startswith("W")]
    biases = [value for key, value in params.items() if key.startswith("b")]
    z, hidden = x, []
    for W, b in zip(weights[:-1], biases[:-1]):
        z = np.maximum(z @ W + b, 0)
        hidden.append(z)
    return z @ weights[-1] + biases[-1], hidden
