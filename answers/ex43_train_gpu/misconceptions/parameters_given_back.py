import torch
from torch.nn.functional import cross_entropy


def train(x, d, params, learning_rate, steps):
    copies = {name: value.clone().requires_grad_() for name, value in params.items()}
    losses = []
    for _ in range(steps):
        z1 = torch.relu(x @ copies["W1"] + copies["b1"])
        loss = cross_entropy(z1 @ copies["W2"] + copies["b2"], d)
        loss.backward()
        losses.append(loss.detach())
        with torch.no_grad():
            for value in copies.values():
                value -= learning_rate * value.grad
                value.grad = None
    return params, torch.stack(losses).cpu()
