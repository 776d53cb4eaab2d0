import torch
import torch.nn.functional as F


def backward(x, d, params):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    n = x.shape[0]
    t = F.one_hot(d, W2.shape[1])
    grads = {name: torch.zeros_like(value) for name, value in params.items()}

    for i in range(n):
        u1 = x[i] @ W1 + b1
        z1 = torch.relu(u1)
        y = torch.softmax(z1 @ W2 + b2, dim=0)

        delta2 = (y - t[i]) / n
        delta1 = (W2 @ delta2) * (u1 > 0)

        grads["W1"] += torch.outer(x[i], delta1)
        grads["b1"] += delta1
        grads["W2"] += torch.outer(z1, delta2)
        grads["b2"] += delta2

    return grads
