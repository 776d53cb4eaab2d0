import numpy as np


def total_input(x, W, b):
    u = []
    for row in x:
        u.append([sum(xi * wi for xi, wi in zip(row, W[:, j])) + b[j] for j in range(len(b))])
    return np.array(u)
