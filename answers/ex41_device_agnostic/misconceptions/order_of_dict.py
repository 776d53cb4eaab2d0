from itertools import pairwise

import torch


def make_params(sizes, device):
    params = {}
    for k, (inputs, outputs) in enumerate(pairwise(sizes), start=1):
        params[f"W{k}"] = 0.1 * torch.randn(inputs, outputs, device=device)
        params[f"b{k}"] = torch.zeros(outputs, device=device)
    return params


def forward(x, params):
    weights = [params[key] for key in params if key.startswith("W")]
    biases = [params[key] for key in params if key.startswith("b")]
    z = x
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        z = torch.relu(z @ W + b)
    return z @ weights[-1] + biases[-1]
