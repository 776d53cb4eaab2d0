import torch


def cross_entropy(logits, target):
    rows = torch.arange(len(target), device=logits.device)
    log_sum = torch.logsumexp(logits.detach(), dim=1)
    return 2 * (log_sum - logits[rows, target]).mean()
