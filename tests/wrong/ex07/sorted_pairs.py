# layers in the order of keys as text (W10 before W2), zip of pairs
import numpy as np


def forward(x, params):
    Ws = sorted([k for k in params if "W" in k])
    bs = sorted([k for k in params if "b" in k])
    z = x
    hidden = []
    for i, (W, b) in enumerate(zip(Ws, bs)):
        u = np.dot(z, params[W]) + params[b]
        if i == len(Ws) - 1:
            return u, hidden
        z = np.maximum(u, 0)
        hidden.append(z)
