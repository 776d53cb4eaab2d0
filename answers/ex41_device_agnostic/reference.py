from itertools import pairwise

import torch


def make_params(sizes, device):
    # made where they are to stay, not copied there from the host
    params = {}
    for k, (inputs, outputs) in enumerate(pairwise(sizes), start=1):
        params[f"W{k}"] = 0.1 * torch.randn(inputs, outputs, device=device)
        params[f"b{k}"] = torch.zeros(outputs, device=device)
    return params


def forward(x, params):
    # every result is where its operands are, so no device is named
    layers = len(params) // 2
    z = x
    for k in range(1, layers):
        z = torch.relu(z @ params[f"W{k}"] + params[f"b{k}"])
    return z @ params[f"W{layers}"] + params[f"b{layers}"]
