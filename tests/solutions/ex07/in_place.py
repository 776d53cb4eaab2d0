import numpy as np


def forward(x, params):
    p = dict(params)
    hidden, k, z = [], 1, x.copy()
    while p:
        u = z.dot(p.pop(f"W{k}"))
        u = u + p.pop(f"b{k}")
        if p:
            u[u < 0] = 0
            hidden.append(u)
        z = u
        k += 1
    return [z, tuple(hidden)]
