import torch


def make_params(sizes, device):
    params = {}
    for k in range(1, len(sizes)):
        params["W" + str(k)] = (torch.randn(sizes[k - 1], sizes[k]) * 0.01).to(device)
        params["b" + str(k)] = torch.zeros(sizes[k]).to(device)
    return params


def forward(x, params):
    L = len(params) // 2
    h = x
    for k in range(1, L + 1):
        h = torch.matmul(h, params["W" + str(k)]) + params["b" + str(k)]
        if k != L:
            h = torch.clamp(h, min=0)
    return h
