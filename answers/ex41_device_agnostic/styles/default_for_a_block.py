import torch
from torch.nn.functional import linear, relu


def make_params(sizes, device):
    params = {}
    with torch.device(device):
        for k in range(1, len(sizes)):
            params[f"W{k}"] = 0.1 * torch.randn(sizes[k - 1], sizes[k])
            params[f"b{k}"] = torch.zeros(sizes[k])
    return params


def forward(x, params, k=1):
    u = linear(x, params[f"W{k}"].T, params[f"b{k}"])
    if f"W{k + 1}" not in params:
        return u
    return forward(relu(u), params, k + 1)
