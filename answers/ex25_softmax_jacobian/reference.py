import numpy as np


def softmax(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def softmax_jacobian(z):
    # ds_i/dz_j = s_i (1 if i = j, else 0) - s_i s_j
    s = softmax(z)
    return np.diag(s) - np.outer(s, s)


def softmax_backward(z, grad):
    # dE/dz_j = s_j (g_j - sum_i s_i g_i): the matrix is never made
    s = softmax(z)
    return s * (grad - np.sum(s * grad, axis=-1, keepdims=True))
