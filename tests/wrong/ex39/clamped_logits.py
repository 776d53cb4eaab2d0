# the logits are bounded so that nothing overflows
import torch


def cross_entropy(logits, target):
    e = torch.exp(logits.clamp(-50, 50))
    p = e / e.sum(1, keepdim=True)
    return -torch.log(p[torch.arange(len(p)), target]).mean()
