from torch.nn.functional import cross_entropy


def fused_cross_entropy(x, W, d):
    x = x.detach().clone().requires_grad_()
    W = W.detach().clone().requires_grad_()
    n, total = len(x), 0.0
    for i in range(0, n, 32):
        rows = slice(i, i + 32)
        loss = cross_entropy(x[rows] @ W, d[rows], reduction="sum") / n
        loss.backward()
        total = total + loss.detach()
    return total, x.grad, W.grad
