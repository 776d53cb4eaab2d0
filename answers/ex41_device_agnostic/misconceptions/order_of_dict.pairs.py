from itertools import pairwise

import torch


def make_params(sizes, device):
    params = {}
    for k, (inputs, outputs) in enumerate(pairwise(sizes), start=1):
        params[f"W{k}"] = 0.1 * torch.randn(inputs, outputs, device=device)
        params[f"b{k}"] = torch.zeros(outputs, device=device)
    return params


def forward(x, params):
    values = list(params.values())
    z = x
    for k in range(0, len(values) - 2, 2):
        z = torch.relu(z @ values[k] + values[k + 1])
    return z @ values[-2] + values[-1]
