import torch


def train(x, d, params, learning_rate, steps):
    w1, b1, w2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    n, k = len(x), w2.shape[1]
    t = (d.unsqueeze(1) == torch.arange(k, device=d.device)).to(x.dtype)
    losses = torch.zeros(steps, dtype=x.dtype, device=x.device)
    for i in range(steps):
        u = x @ w1 + b1
        z = torch.clamp(u, min=0)
        logits = z @ w2 + b2
        log_y = logits - torch.logsumexp(logits, dim=1, keepdim=True)
        losses[i] = -(t * log_y).sum() / n
        g2 = (torch.exp(log_y) - t) / n
        g1 = (g2 @ w2.T) * (u > 0)
        w1, b1, w2, b2 = (
            w1 - learning_rate * (x.T @ g1),
            b1 - learning_rate * g1.sum(0),
            w2 - learning_rate * (z.T @ g2),
            b2 - learning_rate * g2.sum(0),
        )
    return {"W1": w1, "b1": b1, "W2": w2, "b2": b2}, losses.cpu()
