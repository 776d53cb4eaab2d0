import numpy as np


def forward(x, params):
    values = list(params.values())
    z, hidden = x, []
    for i in range(0, len(values) - 2, 2):
        z = np.maximum(z @ values[i] + values[i + 1], 0)
        hidden.append(z)
    return z @ values[-2] + values[-1], hidden
