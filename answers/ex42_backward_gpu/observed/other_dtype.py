import torch
from torch.nn.functional import one_hot


def backward(x, d, params):
    W1, b1, W2, b2 = (params[name] for name in ("W1", "b1", "W2", "b2"))
    u1 = x @ W1 + b1
    z1 = torch.relu(u1)
    y = torch.softmax(z1 @ W2 + b2, dim=1)
    t = one_hot(d, num_classes=len(b2))
    delta2 = (y - t) / len(x)
    delta1 = delta2 @ W2.T * (u1 > 0)
    return {
        "W1": (x.T @ delta1).to(torch.float64),
        "b1": delta1.sum(dim=0).to(torch.float64),
        "W2": (z1.T @ delta2).to(torch.float64),
        "b2": delta2.sum(dim=0).to(torch.float64),
    }
