import torch


def cross_entropy(logits, target):
    rows = torch.arange(len(target), device=logits.device)
    picked = logits.gather(1, target[:, None])
    return (torch.logsumexp(logits, dim=0) - picked).mean()
