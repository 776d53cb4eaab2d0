# the caller's logits are shifted in place
import torch


def cross_entropy(logits, target):
    logits -= logits.max(dim=1, keepdim=True).values
    log_p = logits - logits.exp().sum(1, keepdim=True).log()
    return -log_p.gather(1, target.view(-1, 1)).mean()
