import torch


def backward(x, d, params):
    W1, b1, W2, b2 = (params[name] for name in ("W1", "b1", "W2", "b2"))
    z1 = torch.relu(x @ W1 + b1)
    log_y = torch.log_softmax(z1 @ W2 + b2, dim=1)
    flow = torch.zeros_like(log_y)
    flow[torch.arange(len(x), device=x.device), d] = -1 / len(x)
    delta2 = torch.ops.aten._log_softmax_backward_data(flow, log_y, 1, log_y.dtype)
    delta1 = torch.ops.aten.threshold_backward(delta2 @ W2.T, z1, 0)
    return {"W1": x.T @ delta1, "b1": delta1.sum(0), "W2": z1.T @ delta2, "b2": delta2.sum(0)}
