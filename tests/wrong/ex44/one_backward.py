import torch
from torch.nn.functional import cross_entropy


def fused_cross_entropy(x, W, d):
    x = x.clone().requires_grad_()
    W = W.clone().requires_grad_()
    loss = 0
    for part, labels in zip(x.split(64), d.split(64), strict=True):
        loss = loss + cross_entropy(part @ W, labels, reduction="sum")
    loss = loss / len(x)
    loss.backward()
    return loss.detach(), x.grad, W.grad
