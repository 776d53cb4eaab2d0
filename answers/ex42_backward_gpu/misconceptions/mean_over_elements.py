import torch


def backward(x, d, params):
    u1 = x @ params["W1"] + params["b1"]
    z1 = torch.clamp(u1, min=0)
    y = torch.softmax(z1 @ params["W2"] + params["b2"], dim=1)

    t = torch.zeros_like(y)
    t[torch.arange(len(d), device=d.device), d] = 1

    delta2 = (y - t) / y.numel()
    delta1 = (delta2 @ params["W2"].T) * (u1 > 0)

    grads = {"W2": z1.T @ delta2, "b2": delta2.sum(0)}
    grads["W1"] = x.T @ delta1
    grads["b1"] = delta1.sum(0)
    return grads
