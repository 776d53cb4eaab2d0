import torch


def cross_entropy(logits, target):
    log_p = torch.ops.aten._log_softmax(logits, 1, False)
    rows = torch.arange(len(target), device=logits.device)
    return -log_p[rows, target].mean()
