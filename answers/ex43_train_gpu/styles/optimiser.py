import torch
from torch.nn import functional


def train(x, d, params, learning_rate, steps):
    params = {k: v.clone().requires_grad_() for k, v in params.items()}
    optimizer = torch.optim.SGD(params.values(), lr=learning_rate)
    history = []
    for _ in range(steps):
        optimizer.zero_grad()
        hidden = functional.relu(x @ params["W1"] + params["b1"])
        logits = hidden @ params["W2"] + params["b2"]
        loss = functional.cross_entropy(logits, d)
        loss.backward()
        optimizer.step()
        history.append(loss.detach())
    trained = {k: v.detach() for k, v in params.items()}
    return trained, torch.stack(history).to("cpu")
