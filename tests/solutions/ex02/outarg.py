import numpy as np


def total_input(x, W, b):
    kind = np.result_type(x, W, b)
    batch = np.atleast_2d(x)
    out = np.empty((batch.shape[0], W.shape[1]), dtype=kind)
    np.matmul(batch.astype(kind), W.astype(kind), out=out)
    out += b
    return out if x.ndim == 2 else out[0]
