import torch


def cross_entropy(logits, target):
    # log sum exp = x_t + log(1 + sum over the others of exp(x_j - x_t))
    n = logits.shape[0]
    picked = logits.gather(1, target.reshape(n, 1))
    others = logits.scatter(1, target.reshape(n, 1), float("-inf"))
    both = torch.cat([picked, others], dim=1)
    return (torch.logsumexp(both, dim=1) - picked.squeeze(1)).mean()
