import numpy as np

try:
    import torch
except ImportError:
    torch = None


def softmax(x):
    x = np.array(x, copy=True)
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype("float64")
    for row in x.reshape(-1, x.shape[-1]):
        row -= max(row)
        np.exp(row, out=row)
        row /= sum(row)
    return x
