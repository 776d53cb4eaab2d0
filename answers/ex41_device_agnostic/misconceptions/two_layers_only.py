from itertools import pairwise

import torch


def make_params(sizes, device):
    params = {}
    for k, (inputs, outputs) in enumerate(pairwise(sizes), start=1):
        params[f"W{k}"] = 0.1 * torch.randn(inputs, outputs, device=device)
        params[f"b{k}"] = torch.zeros(outputs, device=device)
    return params


def forward(x, params):
    z1 = torch.relu(x @ params["W1"] + params["b1"])
    return z1 @ params["W2"] + params["b2"]
