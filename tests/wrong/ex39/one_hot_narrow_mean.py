# one-hot without the number of classes, and the mean over all entries
import torch
import torch.nn.functional as F


def cross_entropy(logits, target):
    log_p = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    return -torch.mean(F.one_hot(target) * log_p)
