import torch


def make_params(sizes, device):
    normal = torch.distributions.Normal(0.0, 0.1)
    params = {}
    for k in range(len(sizes) - 1):
        weights = normal.sample((sizes[k], sizes[k + 1]))
        params[f"W{k + 1}"] = weights.to(device)
        params[f"b{k + 1}"] = torch.zeros_like(params[f"W{k + 1}"][0])
    return params


def forward(x, params):
    """Hold each bias as one more row of the weights, and a 1 as one more input."""
    layers = len(params) // 2
    for k in range(1, layers + 1):
        table = torch.cat([params[f"W{k}"], params[f"b{k}"].unsqueeze(0)])
        x = torch.cat([x, x.new_ones(len(x), 1)], dim=1) @ table
        if k < layers:
            x = torch.maximum(x, x.new_zeros(1))
    return x
