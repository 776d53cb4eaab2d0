import numpy as np


def softmax(z):
    z -= np.max(z, axis=-1, keepdims=True)
    e = np.exp(z)
    return e / np.sum(e, axis=-1, keepdims=True)


def softmax_jacobian(z):
    s = softmax(z)
    k = len(z)
    jacobian = np.zeros((k, k), dtype=z.dtype)
    for i in range(k):
        for j in range(k):
            jacobian[i, j] = s[i] * ((i == j) - s[j])
    return jacobian


def softmax_backward(z, grad):
    return np.array([softmax_jacobian(row) @ given for row, given in zip(z, grad, strict=True)])
