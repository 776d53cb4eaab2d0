# a right loss of probabilities in the place of logits
import torch


def own(x, t):
    x = x - x.max(dim=1, keepdim=True).values
    lp = x - torch.log(torch.exp(x).sum(dim=1, keepdim=True))
    return -lp[torch.arange(len(t)), t].mean()


def cross_entropy(logits, target):
    return own(torch.softmax(logits, dim=-1), target)
