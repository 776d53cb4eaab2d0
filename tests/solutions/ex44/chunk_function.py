import torch


def part_of(x, W, d, n):
    u = x @ W
    y = u.softmax(dim=1)
    loss = -(u.log_softmax(dim=1)).gather(1, d.view(-1, 1)).sum() / n
    y.scatter_add_(1, d.view(-1, 1), torch.full((len(d), 1), -1.0, dtype=y.dtype, device=y.device))
    y.div_(n)
    return loss, y @ W.T, x.T @ y


def fused_cross_entropy(x, W, d):
    parts = torch.tensor_split(torch.arange(len(x), device=x.device), max(1, len(x) // 25))
    loss, grads, grad_W = 0.0, [], torch.zeros_like(W)
    for rows in parts:
        one, grad, more = part_of(x[rows], W, d[rows], len(x))
        loss = loss + one
        grads.append(grad)
        grad_W.add_(more)
    return loss, torch.cat(grads), grad_W
