import torch
import torch.nn.functional as F


def backward(x, d, params):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    u1 = torch.matmul(x, W1) + b1
    z1 = torch.relu(u1)
    y = torch.softmax(torch.matmul(z1, W2) + b2, dim=-1)

    delta2 = (y - F.one_hot(d).to(y.dtype)) / x.shape[0]
    delta1 = torch.matmul(delta2, W2.T) * (u1 > 0)

    return {
        "W1": torch.matmul(x.T, delta1),
        "b1": delta1.sum(dim=0),
        "W2": torch.matmul(z1.T, delta2),
        "b2": delta2.sum(dim=0),
    }
