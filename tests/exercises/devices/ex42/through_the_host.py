import torch


def backward(x, d, params):
    device = x.device
    x, d = x.cpu(), d.cpu()
    W1, b1, W2, b2 = (params[name].cpu() for name in ("W1", "b1", "W2", "b2"))
    u1 = x @ W1 + b1
    z1 = torch.relu(u1)
    y = torch.softmax(z1 @ W2 + b2, dim=1)
    delta2 = (y - torch.eye(len(b2))[d]) / len(x)
    delta1 = (delta2 @ W2.T) * (u1 > 0)
    grads = {"W1": x.T @ delta1, "b1": delta1.sum(0), "W2": z1.T @ delta2, "b2": delta2.sum(0)}
    return {name: grad.to(device) for name, grad in grads.items()}
