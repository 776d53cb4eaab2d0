import torch
from torch.nn.functional import one_hot


def backward(x, d, params):
    # the forward pass up to y, where L = -(1/n) sum_i log y_{i, d_i}
    W1, b1, W2, b2 = (params[name] for name in ("W1", "b1", "W2", "b2"))
    u1 = x @ W1 + b1
    z1 = torch.relu(u1)
    y = torch.softmax(z1 @ W2 + b2, dim=1)

    # delta = dL/du: delta2 = (y - t) / n, delta1 = delta2·W2ᵀ ⊙ relu'(u1)
    # without num_classes, one_hot would wait for the largest label of d
    t = one_hot(d, num_classes=len(b2))
    delta2 = (y - t) / len(x)
    delta1 = delta2 @ W2.T * (u1 > 0)
    return {
        "W1": x.T @ delta1,
        "b1": delta1.sum(dim=0),
        "W2": z1.T @ delta2,
        "b2": delta2.sum(dim=0),
    }
