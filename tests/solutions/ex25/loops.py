import math

import numpy as np


def probabilities(row):
    top = max(row)
    powers = [math.exp(float(v) - float(top)) for v in row]
    total = math.fsum(powers)
    return [p / total for p in powers]


def float_type(*arrays):
    return np.result_type(np.float32, *arrays)


def softmax_jacobian(z):
    s = probabilities(z)
    K = len(s)
    J = np.zeros((K, K), dtype=float_type(z))
    for i in range(K):
        for j in range(K):
            if i == j:
                J[i, j] = s[i] * (1 - s[i])
            else:
                J[i, j] = -s[i] * s[j]
    return J


def softmax_backward(z, grad):
    n, K = z.shape
    result = np.zeros((n, K), dtype=float_type(z, grad))
    for r in range(n):
        s = probabilities(z[r])
        for j in range(K):
            for i in range(K):
                result[r, j] += float(grad[r, i]) * s[i] * ((i == j) - s[j])
    return result
