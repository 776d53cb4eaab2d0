import numpy as np


def softmax(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / (np.sum(e, axis=-1, keepdims=True) + 1e-6)


def softmax_jacobian(z):
    s = softmax(z)
    return np.diag(s) - np.outer(s, s)


def softmax_backward(z, grad):
    s = softmax(z)
    return s * (grad - np.sum(s * grad, axis=-1, keepdims=True))
