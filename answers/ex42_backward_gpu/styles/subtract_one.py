import torch


def backward(x, d, params):
    W1, b1, W2, b2 = (params[name] for name in ("W1", "b1", "W2", "b2"))
    n = len(x)
    z1 = torch.relu(x @ W1 + b1)

    # y - t differs from y in one entry a row, that of the true class
    delta2 = torch.softmax(z1 @ W2 + b2, dim=1)
    delta2[torch.arange(n, device=x.device), d] -= 1
    delta2 /= n

    delta1 = delta2 @ W2.T
    delta1 *= z1 > 0  # z1 > 0 exactly where u1 > 0
    return {
        "W1": x.T @ delta1,
        "b1": delta1.sum(dim=0),
        "W2": z1.T @ delta2,
        "b2": delta2.sum(dim=0),
    }
