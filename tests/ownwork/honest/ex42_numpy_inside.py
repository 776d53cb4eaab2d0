import numpy as np
import torch


def backward(x, d, params):
    X, t = x.detach().cpu().numpy(), d.detach().cpu().numpy()
    W1, b1, W2, b2 = [params[k].detach().cpu().numpy() for k in ("W1", "b1", "W2", "b2")]
    z = X.dot(W1) + b1
    h = np.maximum(z, 0)
    s = h.dot(W2) + b2
    s = s - s.max(axis=1, keepdims=True)
    p = np.exp(s) / np.sum(np.exp(s), axis=1, keepdims=True)
    p[np.arange(t.size), t] -= 1
    p /= t.size
    dh = p.dot(W2.T)
    dh[z <= 0] = 0
    result = {"W1": X.T.dot(dh), "b1": dh.sum(axis=0), "W2": h.T.dot(p), "b2": p.sum(axis=0)}
    return {k: torch.from_numpy(v).to(x.device).to(x.dtype) for k, v in result.items()}
