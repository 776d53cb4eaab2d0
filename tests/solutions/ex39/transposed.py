import torch


def cross_entropy(logits, target):
    columns = logits.T
    log_sum = torch.logsumexp(columns, 0)
    mask = torch.arange(columns.shape[0], device=logits.device)[:, None] == target
    picked = torch.where(mask, columns, torch.zeros_like(columns)).sum(0)
    return torch.sum(log_sum - picked) / target.numel()
