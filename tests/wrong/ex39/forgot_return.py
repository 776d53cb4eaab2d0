# prints the loss
import torch


def cross_entropy(logits, target):
    loss = (torch.logsumexp(logits, 1) - logits[range(len(target)), target]).mean()
    print(loss)
