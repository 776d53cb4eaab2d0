import math

import torch

device = "cuda" if torch.cuda.is_available() else "cpu"


def make_params(sizes, device="cpu"):
    device = torch.device(device)
    params = {}
    for k, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:]), start=1):
        W = torch.normal(0.0, math.sqrt(2 / fan_in), (fan_in, fan_out), device=device)
        params[f"W{k}"] = W.requires_grad_()
        params[f"b{k}"] = torch.zeros(fan_out, device=device, requires_grad=True)
    return params


def forward(x, params):
    layers = len(params) // 2
    for k in range(1, layers):
        u = x @ params[f"W{k}"] + params[f"b{k}"]
        x = torch.where(u > 0, u, torch.zeros_like(u))
    return x @ params[f"W{layers}"] + params[f"b{layers}"]


params = make_params([3, 4, 2], device)
print(forward(torch.ones(1, 3, device=device), params))
