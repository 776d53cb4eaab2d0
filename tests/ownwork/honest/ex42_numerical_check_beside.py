import torch
from torch.autograd import grad, gradcheck
from torch.nn.functional import cross_entropy


def backward(x, d, params):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    u1 = x @ W1 + b1
    z1 = torch.relu(u1)
    y = torch.softmax(z1 @ W2 + b2, dim=1)
    y[torch.arange(len(x), device=x.device), d] -= 1
    delta2 = y / len(x)
    delta1 = (delta2 @ W2.T) * (u1 > 0)
    return {"W1": x.T @ delta1, "b1": delta1.sum(0), "W2": z1.T @ delta2, "b2": delta2.sum(0)}


def numerical(x, d, params, name, h=1e-4):
    result = torch.zeros_like(params[name])
    for i in range(result.numel()):
        for sign in (1, -1):
            moved = {k: v.clone() for k, v in params.items()}
            moved[name].view(-1)[i] += sign * h
            z1 = torch.relu(x @ moved["W1"] + moved["b1"])
            result.view(-1)[i] += sign * cross_entropy(z1 @ moved["W2"] + moved["b2"], d) / (2 * h)
    return result


def by_autograd(x, d, params):
    leaves = [p.detach().clone().requires_grad_() for p in params.values()]
    z1 = torch.relu(x @ leaves[0] + leaves[1])
    return grad(cross_entropy(z1 @ leaves[2] + leaves[3], d), leaves)
