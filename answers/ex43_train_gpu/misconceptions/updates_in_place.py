import torch
from torch.nn.functional import cross_entropy


def train(x, d, params, learning_rate, steps):
    names = list(params)
    losses = torch.empty(steps, dtype=x.dtype, device=x.device)
    for k in range(steps):
        leaves = [params[name].detach().requires_grad_() for name in names]
        W1, b1, W2, b2 = leaves
        loss = cross_entropy(torch.relu(x @ W1 + b1) @ W2 + b2, d)
        losses[k] = loss.detach()
        gradients = torch.autograd.grad(loss, leaves)
        for name, gradient in zip(names, gradients, strict=True):
            params[name] -= learning_rate * gradient
    return params, losses.cpu()
