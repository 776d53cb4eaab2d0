import torch
import torch.nn.functional as F


def train(x, d, params, learning_rate, steps):
    p = {k: v.clone().requires_grad_() for k, v in params.items()}
    opt = torch.optim.SGD(list(p.values()), lr=learning_rate)
    losses = []
    for i in range(steps):
        logits = torch.relu(x @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"]
        loss = F.cross_entropy(logits, d)
        opt.zero_grad()
        loss.backward()
        opt.step()
        losses.append(loss.detach())
    return {k: v.detach() for k, v in p.items()}, torch.stack(losses).mean().cpu()
