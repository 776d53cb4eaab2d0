import torch


def fused_cross_entropy(x, W, d):
    """Goes through the classes in blocks, twice."""
    n, K = len(x), W.shape[1]
    step = 1000
    highest = torch.full((n,), -torch.inf, dtype=x.dtype, device=x.device)
    total = torch.zeros_like(highest)
    for c in range(0, K, step):
        u = x @ W[:, c : c + step]
        now = torch.maximum(highest, u.amax(1))
        total *= torch.exp(highest - now)
        total += torch.exp(u - now[:, None]).sum(1)
        highest = now
    log_sum = highest + total.log()
    chosen = (x * W[:, d].T).sum(1)
    grad_x = torch.zeros_like(x)
    grad_W = torch.empty_like(W)
    for c in range(0, K, step):
        block = W[:, c : c + step]
        delta = torch.exp(x @ block - log_sum[:, None])
        here = torch.arange(c, min(c + step, K), device=x.device)
        delta = (delta - (d[:, None] == here).to(x.dtype)) / n
        grad_x += delta @ block.T
        grad_W[:, c : c + step] = x.T @ delta
    return (log_sum - chosen).mean(), grad_x, grad_W
