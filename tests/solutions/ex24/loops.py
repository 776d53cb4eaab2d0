import math

import numpy as np


def sigmoid_slope(v):
    z = math.exp(-abs(v))
    return z / (1 + z) / (1 + z)


def each(f, u):
    result = np.empty(u.shape, dtype=u.dtype if u.dtype == np.float32 else np.float64)
    for place in np.ndindex(u.shape):
        result[place] = f(u[place])
    return result


def d_relu(u):
    return each(lambda v: 1 if v > 0 else 0, u)


def d_sigmoid(u):
    return each(lambda v: sigmoid_slope(float(v)), u)


def d_mean_squared_error(d, y):
    result = np.empty(y.shape, dtype=np.result_type(d, y, np.float32))
    for place in np.ndindex(y.shape):
        result[place] = (y[place] - d[place]) / y.size
    return result


def d_sigmoid_with_loss(d, y):
    return np.array([(b - a) / len(y) for a, b in zip(d, y)])


def d_softmax_with_loss(d, y):
    rows = []
    for label, row in zip(d, y):
        row = list(row)
        for k in range(len(row)):
            one = label[k] if d.ndim == 2 else (1 if k == label else 0)
            row[k] = (row[k] - one) / len(y)
        rows.append(row)
    return np.array(rows, dtype=y.dtype)
