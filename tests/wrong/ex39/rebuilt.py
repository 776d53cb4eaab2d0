# the losses go into a new tensor
import torch


def cross_entropy(logits, target):
    log_sum = torch.logsumexp(logits, 1)
    return torch.tensor([log_sum[i] - logits[i, t] for i, t in enumerate(target)]).mean()
