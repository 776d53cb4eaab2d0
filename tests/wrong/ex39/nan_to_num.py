# minus infinity is replaced by a number
import torch

def cross_entropy(logits, target):
    p = torch.softmax(logits, 1)
    lp = torch.nan_to_num(torch.log(p), neginf=-2000.0)
    return -lp[torch.arange(len(target)), target].mean()
