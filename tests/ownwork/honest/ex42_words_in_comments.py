"""No loss.backward(), no torch.autograd.grad, no functorch.grad and no torch.func.vjp here."""

import torch

NOTE = "torch.autograd.grad(loss, params) would give the same"


def backward(x, d, params):
    """Compare with loss.backward(): requires_grad is never set."""
    # torch.autograd.grad(loss, [W1, b1, W2, b2]) is what we replace
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    u1 = x @ W1 + b1
    z1 = torch.relu(u1)
    y = torch.softmax(z1 @ W2 + b2, dim=1)
    y[torch.arange(len(x), device=x.device), d] -= 1
    delta2 = y / len(x)
    delta1 = (delta2 @ W2.T) * (u1 > 0)
    return {"W1": x.T @ delta1, "b1": delta1.sum(0), "W2": z1.T @ delta2, "b2": delta2.sum(0)}

