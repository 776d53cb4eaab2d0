import torch


def make_params(sizes, device):
    if isinstance(device, str):
        device = torch.device(device)
    params = {}
    for k in range(1, len(sizes)):
        shape = (sizes[k - 1], sizes[k])
        params["W%d" % k] = torch.nn.init.kaiming_normal_(torch.empty(*shape, device=device))
        params["b%d" % k] = torch.zeros(sizes[k], device=device)
    return params


@torch.no_grad()
def forward(x, params):
    count = sum(name[0] == "W" for name in params)
    z = x.clone()
    for k in range(count):
        z = z.mm(params["W%d" % (k + 1)]).add(params["b%d" % (k + 1)])
        if k + 1 < count:
            z.relu_()
    return z
