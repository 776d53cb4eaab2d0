import torch
from torch import nn


def train(x, d, params, learning_rate, steps):
    h, k = params["W2"].shape
    model = nn.Sequential(nn.Linear(x.shape[1], h), nn.ReLU(), nn.Linear(h, k))
    model = model.to(device=x.device, dtype=x.dtype)
    with torch.no_grad():
        for layer, number in ((model[0], 1), (model[2], 2)):
            layer.weight.copy_(params[f"W{number}"].T)
            layer.bias.copy_(params[f"b{number}"])
    total = []
    for _ in range(steps):
        loss = nn.functional.cross_entropy(model(x), d)
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= learning_rate * p.grad
        total.append(loss.detach().reshape(1))
    trained = {
        "W1": model[0].weight.detach().T.contiguous(),
        "b1": model[0].bias.detach(),
        "W2": model[2].weight.detach().T.contiguous(),
        "b2": model[2].bias.detach(),
    }
    return trained, torch.cat(total).cpu()
