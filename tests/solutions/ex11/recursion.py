import math
import numpy as np


def _row(v):
    m = max(v)
    powers = [math.exp(a - m) for a in v]
    s = math.fsum(powers)
    return [p / s for p in powers]


def softmax(x):
    rows = x.tolist()
    res = [_row(r) for r in rows] if x.ndim == 2 else _row(rows)
    return np.array(res, dtype=np.float32 if x.dtype == np.float32 else np.float64)
