"""What arrays are computed with."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def run():
    x = np.arange(4)
    sums = np.einsum("ij,j->i", np.eye(2), [1.0, 2.0]).tolist()
    windows = sliding_window_view(x, 2).tolist()
    vector = np.vectorize(lambda n: n * n)(x).tolist()
    table = np.array([(1, 2.0)], dtype=[("n", int), ("x", float)])
    return [sums, windows, vector, float(table["x"][0]), np.unique([2, 1, 2]).tolist()]


EXPECTED = [[1.0, 2.0], [[0, 1], [1, 2], [2, 3]], [0, 1, 4, 9], 2.0, [1, 2]]
