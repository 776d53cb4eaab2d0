import torch


def backward(x, d, params):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    n, K = x.shape[0], W2.shape[1]
    u1 = x @ W1 + b1
    z1 = torch.maximum(u1, torch.zeros_like(u1))
    y = torch.softmax(z1 @ W2 + b2, dim=1)
    print(y.sum(dim=1))
    t = torch.eye(K, device=x.device)[d]
    delta2 = (y - t) / n
    delta1 = (delta2 @ W2.T) * (u1 > 0)
    return {"W1": x.T @ delta1, "b1": delta1.sum(0), "W2": z1.T @ delta2, "b2": delta2.sum(0)}
