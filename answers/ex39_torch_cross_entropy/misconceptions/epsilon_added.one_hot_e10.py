import torch


def cross_entropy(logits, target):
    p = torch.softmax(logits, dim=1)
    t = torch.nn.functional.one_hot(target, logits.shape[1])
    return -(t * torch.log(p + 1e-10)).sum(dim=1).mean()
