# softmax by its method, then the loss in one line
import torch


def cross_entropy(logits, target):
    y = logits.softmax(dim=-1)
    return -(y[torch.arange(len(y)), target] + 1e-8).log().mean()
