import torch
import torch.nn.functional as F


def fused_cross_entropy(x, W, d):
    x = x.clone().requires_grad_(True)
    W = W.clone().requires_grad_(True)
    loss = F.cross_entropy(x @ W, d)
    loss.backward()
    return loss.detach(), x.grad, W.grad
