import numpy as np


def one(row):
    row = row * np.ones(1, row.dtype if row.dtype.kind == "f" else np.float64)
    c = row.max()
    return np.log(np.exp(row - c).sum()) + c


def logsumexp(x):
    return np.apply_along_axis(one, -1, x)


def log_softmax(x):
    return np.apply_along_axis(lambda row: row - one(row), -1, x)
