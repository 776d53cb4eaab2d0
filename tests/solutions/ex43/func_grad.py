import torch
from torch.func import grad_and_value
from torch.nn.functional import cross_entropy


def loss_of(params, x, d):
    z = torch.relu(torch.addmm(params["b1"], x, params["W1"]))
    return cross_entropy(torch.addmm(params["b2"], z, params["W2"]), d)


def train(x, d, params, learning_rate, steps):
    losses = []
    for _ in range(steps):
        gradients, loss = grad_and_value(loss_of)(params, x, d)
        params = {name: params[name] - learning_rate * gradients[name] for name in params}
        losses.append(loss)
    return params, torch.stack(losses).cpu()
