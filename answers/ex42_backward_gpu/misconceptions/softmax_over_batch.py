import torch


def backward(x, d, params):
    n = x.shape[0]
    z1 = torch.relu(x @ params["W1"] + params["b1"])
    u2 = z1 @ params["W2"] + params["b2"]
    y = torch.softmax(u2, dim=0)

    delta2 = y.clone()
    delta2[torch.arange(n, device=x.device), d] -= 1
    delta2 = delta2 / n
    delta1 = (delta2 @ params["W2"].T) * (z1 > 0)

    return {
        "W1": x.T @ delta1,
        "b1": delta1.sum(0),
        "W2": z1.T @ delta2,
        "b2": delta2.sum(0),
    }
