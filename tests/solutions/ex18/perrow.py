import math
import numpy as np


def _kind(x):
    return np.float32 if x.dtype == np.float32 else np.float64


def _lse(row):
    top = max(row)
    return top + math.log(sum(math.exp(v - top) for v in row))


def logsumexp(x):
    if x.ndim == 1:
        return _lse(x.tolist())
    return np.array([_lse(r) for r in x.tolist()], dtype=_kind(x))


def log_softmax(x):
    if x.ndim == 1:
        s = _lse(x.tolist())
        return np.array([v - s for v in x.tolist()], dtype=_kind(x))
    return np.stack([log_softmax(r) for r in x])
