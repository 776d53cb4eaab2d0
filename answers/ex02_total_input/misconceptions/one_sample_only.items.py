import numpy as np


def total_input(x, W, b):
    u = b.copy()
    for xi, row in zip(x, W):
        u = u + xi * row
    return u
