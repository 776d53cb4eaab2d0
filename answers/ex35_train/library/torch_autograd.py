import numpy as np
import torch


def train(x, d, hidden, activation, learning_rate, epochs, rng):
    x, d = torch.from_numpy(x), torch.from_numpy(d)
    sizes = [x.shape[1], hidden, d.shape[1]]
    params = {}
    for k in (1, 2):
        spread = 1 / np.sqrt(sizes[k - 1])
        drawn = rng.normal(0, spread, size=(sizes[k - 1], sizes[k]))
        params[f"W{k}"] = torch.tensor(drawn, requires_grad=True)
        params[f"b{k}"] = torch.zeros(sizes[k], dtype=torch.float64, requires_grad=True)
    function = getattr(torch, activation)
    optimizer = torch.optim.SGD(params.values(), lr=learning_rate)
    history = []
    for _ in range(epochs):
        z1 = function(x @ params["W1"] + params["b1"])
        loss = 0.5 * torch.nn.functional.mse_loss(z1 @ params["W2"] + params["b2"], d)
        history.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return {key: value.detach().numpy() for key, value in params.items()}, history
