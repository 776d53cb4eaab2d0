import numpy as np
import torch


def backward(x, d, params):
    W1, b1, W2, b2 = (params[k].numpy() for k in ("W1", "b1", "W2", "b2"))
    x = x.numpy()
    d = d.numpy()
    n = x.shape[0]
    u1 = x @ W1 + b1
    z1 = np.maximum(u1, 0)
    u2 = z1 @ W2 + b2
    e = np.exp(u2 - u2.max(1, keepdims=True))
    y = e / e.sum(1, keepdims=True)
    y[np.arange(n), d] -= 1
    y /= n
    d1 = (y @ W2.T) * (u1 > 0)
    return {
        k: torch.tensor(v)
        for k, v in {"W1": x.T @ d1, "b1": d1.sum(0), "W2": z1.T @ y, "b2": y.sum(0)}.items()
    }
