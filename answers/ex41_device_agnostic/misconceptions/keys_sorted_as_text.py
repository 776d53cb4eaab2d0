from itertools import pairwise

import torch


def make_params(sizes, device):
    params = {}
    for k, (inputs, outputs) in enumerate(pairwise(sizes), start=1):
        params[f"W{k}"] = 0.1 * torch.randn(inputs, outputs, device=device)
        params[f"b{k}"] = torch.zeros(outputs, device=device)
    return params


def forward(x, params):
    weights = sorted(key for key in params if key.startswith("W"))
    biases = sorted(key for key in params if key.startswith("b"))
    z = x
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        z = torch.relu(z @ params[W] + params[b])
    return z @ params[weights[-1]] + params[biases[-1]]
