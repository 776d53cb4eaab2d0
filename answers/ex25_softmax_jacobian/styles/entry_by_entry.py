import math

import numpy as np


def softmax_of_row(row):
    largest = max(row)
    powers = [math.exp(score - largest) for score in row]
    total = sum(powers)
    return [power / total for power in powers]


def softmax_jacobian(z):
    s = softmax_of_row(z)
    K = len(s)
    jacobian = np.empty((K, K), dtype=np.result_type(z, np.float32))
    for i in range(K):
        for j in range(K):
            jacobian[i, j] = s[i] * (1 - s[i]) if i == j else -s[i] * s[j]
    return jacobian


def softmax_backward(z, grad):
    rows = zip(z, grad, strict=True)
    return np.array([softmax_jacobian(row) @ g for row, g in rows])
