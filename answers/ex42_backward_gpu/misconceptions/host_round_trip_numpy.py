import numpy as np
import torch


def softmax(u):
    e = np.exp(u - u.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def backward(x, d, params):
    device = x.device
    x = x.cpu().numpy()
    d = d.cpu().numpy()
    W1, b1, W2, b2 = (params[name].cpu().numpy() for name in ("W1", "b1", "W2", "b2"))

    n = len(x)
    u1 = x @ W1 + b1
    z1 = np.maximum(u1, 0)
    y = softmax(z1 @ W2 + b2)

    delta2 = y.copy()
    delta2[np.arange(n), d] -= 1
    delta2 /= n
    delta1 = (delta2 @ W2.T) * (u1 > 0)

    grads = {
        "W1": x.T @ delta1,
        "b1": delta1.sum(axis=0),
        "W2": z1.T @ delta2,
        "b2": delta2.sum(axis=0),
    }
    return {name: torch.from_numpy(grad).to(device) for name, grad in grads.items()}
