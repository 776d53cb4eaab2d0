from torch.nn.functional import cross_entropy

CHUNK = 64


def fused_cross_entropy(x, W, d):
    x = x.detach().clone().requires_grad_()
    W = W.detach().clone().requires_grad_()
    n, loss = len(x), 0.0
    for first in range(0, n, CHUNK):
        part, labels = x[first : first + CHUNK], d[first : first + CHUNK]
        loss = loss + cross_entropy(part @ W, labels, reduction="sum") / n
    loss.backward()
    return loss.detach(), x.grad, W.grad
