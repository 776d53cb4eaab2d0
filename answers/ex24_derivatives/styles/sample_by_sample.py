import math

import numpy as np


def slope_of_sigmoid(u):
    z = math.exp(-abs(u))
    return z / (1 + z) ** 2


def d_relu(u):
    return np.array([float(v > 0) for v in u.flat]).reshape(u.shape)


def d_sigmoid(u):
    dtype = np.result_type(u, np.float32)
    slopes = [slope_of_sigmoid(float(v)) for v in u.flat]
    return np.array(slopes, dtype).reshape(u.shape)


def d_mean_squared_error(d, y):
    pairs = zip(d.flat, y.flat, strict=True)
    return np.array([(b - a) / y.size for a, b in pairs]).reshape(y.shape)


def d_sigmoid_with_loss(d, y):
    pairs = zip(d, y, strict=True)
    return np.array([(b - a) / len(y) for a, b in pairs])


def d_softmax_with_loss(d, y):
    gradient = np.empty_like(y)
    for i, (label, row) in enumerate(zip(d, y, strict=True)):
        for k, probability in enumerate(row):
            target = label[k] if d.ndim == 2 else k == label
            gradient[i, k] = (probability - target) / len(y)
    return gradient
