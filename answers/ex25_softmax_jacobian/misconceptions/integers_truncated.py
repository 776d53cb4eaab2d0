import numpy as np


def softmax(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
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
    result = np.zeros_like(z)
    for i in range(len(z)):
        s = softmax(z[i])
        result[i] = s * (grad[i] - s @ grad[i])
    return result
