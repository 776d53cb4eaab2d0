import torch
from torch import nn
from torch.nn import functional as F


def make_params(sizes, device):
    params = {}
    for k, (n_in, n_out) in enumerate(zip(sizes[:-1], sizes[1:]), 1):
        layer = nn.Linear(n_in, n_out, device=device)
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)
        params[f"W{k}"] = layer.weight.detach().T.contiguous()
        params[f"b{k}"] = layer.bias.detach()
    return params


def forward(x, params):
    numbers = sorted(int(key[1:]) for key in params if key.startswith("W"))
    for k in numbers:
        x = F.linear(x, params[f"W{k}"].T, params[f"b{k}"])
        if k != numbers[-1]:
            x = F.relu(x)
    return x
