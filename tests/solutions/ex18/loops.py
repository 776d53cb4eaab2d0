import math

import numpy as np


def logsumexp_row(row):
    largest = max(row)
    total = 0.0
    for value in row:
        total += math.exp(value - largest)
    return largest + math.log(total)


def float_type(x):
    return np.float32 if x.dtype == np.float32 else np.float64


def logsumexp(x):
    if x.ndim == 1:
        return float_type(x)(logsumexp_row(x.tolist()))
    return np.array([logsumexp_row(row.tolist()) for row in x], dtype=float_type(x))


def log_softmax(x):
    result = np.empty(x.shape, dtype=float_type(x))
    if x.ndim == 1:
        s = logsumexp_row(x.tolist())
        for k in range(len(x)):
            result[k] = x[k] - s
        return result
    for i in range(x.shape[0]):
        result[i] = log_softmax(x[i])
    return result
