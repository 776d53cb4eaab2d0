from itertools import pairwise

import torch


def make_params(sizes, device):
    params = {}
    for k, (inputs, outputs) in enumerate(pairwise(sizes), start=1):
        params[f"W{k}"] = torch.zeros(inputs, outputs, device=device)
        params[f"b{k}"] = torch.zeros(outputs, device=device)
    return params


def forward(x, params):
    layers = len(params) // 2
    z = x
    for k in range(1, layers):
        z = torch.relu(z @ params[f"W{k}"] + params[f"b{k}"])
    return z @ params[f"W{layers}"] + params[f"b{layers}"]
