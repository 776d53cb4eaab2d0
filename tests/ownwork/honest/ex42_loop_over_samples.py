import torch


def backward(x, d, params):
    result = {name: torch.zeros_like(p) for name, p in params.items()}
    for xi, di in zip(x, d):
        u = xi @ params["W1"] + params["b1"]
        z = torch.relu(u)
        y = torch.softmax(z @ params["W2"] + params["b2"], dim=0)
        y[di] -= 1
        y = y / len(x)
        back = (params["W2"] @ y) * (u > 0)
        result["W1"] += torch.outer(xi, back)
        result["b1"] += back
        result["W2"] += torch.outer(z, y)
        result["b2"] += y
    return result
