# computed without a graph
import torch


@torch.no_grad()
def cross_entropy(logits, target):
    log_p = logits - logits.logsumexp(1, keepdim=True)
    return -log_p.gather(1, target[:, None]).mean()
