import numpy as np
import torch
from torch.nn.functional import softmax


def softmax(x, axis=-1):
    if x.ndim == 1:
        return softmax(x.reshape(1, -1))[0]
    shifted = np.subtract(x, np.amax(x, axis=axis)[:, np.newaxis])
    e = np.exp(shifted, dtype=shifted.dtype if shifted.dtype.kind == "f" else np.float64)
    return np.divide(e, e.sum(axis=axis)[..., None])
