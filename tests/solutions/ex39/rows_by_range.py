import torch

cross_entropy = lambda logits, target: (
    -(logits - torch.logsumexp(logits, 1)[:, None])[range(len(target)), target].mean()
)
