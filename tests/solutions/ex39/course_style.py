import torch


def log_softmax(x):
    z = x - x.max(dim=1, keepdim=True).values
    return z - torch.log(torch.sum(torch.exp(z), dim=1, keepdim=True))


def nll(log_probs, target):
    n = log_probs.shape[0]
    return -torch.sum(log_probs[torch.arange(n), target]) / n


def cross_entropy(logits, target):
    return nll(log_softmax(logits), target)
