import torch


def one(x, t):
    chosen = torch.nn.functional.one_hot(t, x.shape[0]).to(x.dtype)
    return torch.logsumexp(x, 0) - chosen @ x


def cross_entropy(logits, target):
    samples = [one(x, t) for x, t in zip(logits.unbind(), target.unbind())]
    return sum(samples) / len(samples)
