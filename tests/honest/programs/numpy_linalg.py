"""Linear algebra."""

import numpy as np


def run():
    a = np.array([[2.0, 1.0], [1.0, 3.0]])
    u, s, v = np.linalg.svd(a)
    q, r = np.linalg.qr(a)
    close = [np.allclose(u * s @ v, a), np.allclose(q @ r, a), np.allclose(np.linalg.inv(a) @ a, np.eye(2))]
    values, _ = np.linalg.eigh(a)
    solved = np.linalg.solve(a, [3.0, 4.0])
    return close + [round(float(values.sum()), 6), solved.round(6).tolist(), int(np.linalg.matrix_rank(a))]


EXPECTED = [True, True, True, 5.0, [1.0, 1.0], 2]
