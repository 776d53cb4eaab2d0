import torch


def backward(x, d, params):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    n = x.shape[0]
    u1 = x @ W1 + b1
    z1 = torch.relu(u1)
    y = torch.softmax(z1 @ W2 + b2, dim=1)
    delta = y.clone()
    delta[torch.arange(n, device=x.device), d] -= 1
    delta = delta / n
    gW2 = z1.T @ delta
    gb2 = delta.sum(0)
    d1 = delta @ W2.T
    return {"W1": x.T @ d1, "b1": d1.sum(0), "W2": gW2, "b2": gb2}
