import numpy as np


def total_input(x, W, b):
    u = []
    for j in range(len(b)):
        u.append(sum(xi * wi for xi, wi in zip(x, W[:, j])) + b[j])
    return np.array(u)
