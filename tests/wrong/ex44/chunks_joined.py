import torch


def fused_cross_entropy(x, W, d):
    n = len(x)
    losses, deltas = [], []
    for part, labels in zip(x.split(64), d.split(64), strict=True):
        log_y = torch.log_softmax(part @ W, dim=1)
        rows = torch.arange(len(part), device=x.device)
        losses.append(-log_y[rows, labels])
        delta = log_y.exp()
        delta[rows, labels] -= 1
        deltas.append(delta / n)
    delta = torch.cat(deltas)
    return torch.cat(losses).mean(), delta @ W.T, x.T @ delta
