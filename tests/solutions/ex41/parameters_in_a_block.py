from functools import reduce

import torch
from torch.nn import Parameter


def make_params(sizes, device):
    params = {}
    with torch.device(device):
        for k, (rows, columns) in enumerate(zip(sizes, sizes[1:]), start=1):
            params[f"W{k}"] = Parameter(torch.rand(rows, columns) - 0.5)
            params[f"b{k}"] = Parameter(torch.zeros(columns))
    return params


def layer(x, params, k):
    return torch.addmm(params[f"b{k}"], x, params[f"W{k}"])


def forward(x, params):
    layers = len(params) // 2
    hidden = reduce(lambda z, k: torch.relu(layer(z, params, k)), range(1, layers), x)
    return layer(hidden, params, layers)
