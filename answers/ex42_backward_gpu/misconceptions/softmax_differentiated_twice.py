import torch
import torch.nn.functional as F


def backward(x, d, params):
    n = x.shape[0]
    u1 = x @ params["W1"] + params["b1"]
    z1 = F.relu(u1)
    y = F.softmax(z1 @ params["W2"] + params["b2"], dim=1)

    t = F.one_hot(d, y.shape[1])
    delta2 = (y - t) * y * (1 - y) / n  # error times the derivative of the output function
    delta1 = (delta2 @ params["W2"].T) * (u1 > 0)

    return {
        "W1": x.T @ delta1,
        "b1": delta1.sum(dim=0),
        "W2": z1.T @ delta2,
        "b2": delta2.sum(dim=0),
    }
