import numpy as np


def softmax_jacobian(z):
    K = len(z)
    z -= max(z)
    e = np.exp(z)
    s = e / e.sum()
    J = np.zeros((K, K), dtype=z.dtype)
    for i in range(K):
        for j in range(K):
            J[i, j] = s[i] * (1 - s[i]) if i == j else -s[i] * s[j]
    return J


def softmax_backward(z, grad):
    rows = []
    for zi, gi in zip(z, grad):
        rows.append(softmax_jacobian(zi).T @ gi)
    return np.array(rows)
