import torch


def cross_entropy(logits, target):
    rows = torch.arange(len(target), device=logits.device)
    loss = (torch.logsumexp(logits, dim=1) - logits[rows, target]).mean()
    return torch.tensor(loss.item(), requires_grad=True)
