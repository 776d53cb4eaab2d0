import numpy as np
from functools import partial


def _moved(x, i, by):
    flat = [float(v) for v in x.ravel()]
    flat[i] += by
    return np.reshape(flat, x.shape).tolist()


def numerical_gradient(f, x, h=1e-4):
    at = partial(_moved, x)
    comps = []
    for i in range(x.size):
        comps.append((f(np.array(at(i, h))) - f(np.array(at(i, -h)))) / h / 2)
    return np.array(comps, dtype=np.float64).reshape(np.shape(x))
