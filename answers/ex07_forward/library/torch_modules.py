import torch
from torch import nn


def forward(x, params):
    layers = len(params) // 2
    z, hidden = torch.tensor(x), []
    for k in range(1, layers + 1):
        weights, bias = torch.tensor(params[f"W{k}"]), torch.tensor(params[f"b{k}"])
        linear = nn.Linear(*weights.shape, dtype=z.dtype)
        linear.weight, linear.bias = nn.Parameter(weights.T), nn.Parameter(bias)
        z = linear(z)
        if k < layers:
            z = nn.ReLU()(z)
            hidden.append(z.detach().numpy())
    return z.detach().numpy(), hidden
