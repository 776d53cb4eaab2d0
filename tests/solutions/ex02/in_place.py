import numpy as np


def total_input(x, W, b):
    u = np.tensordot(x, W, axes=1)
    u = u.astype(np.result_type(u, b), copy=False)
    u += b
    return u
