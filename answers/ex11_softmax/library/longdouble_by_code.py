import numpy as np


def softmax(x):
    e = np.exp(x, dtype="g")
    y = e / np.sum(e, axis=-1, keepdims=True)
    return y.astype(np.float32 if x.dtype == np.float32 else np.float64)
