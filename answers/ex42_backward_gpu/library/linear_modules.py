import torch
from torch import nn


def backward(x, d, params):
    first, second = nn.Linear(*params["W1"].shape), nn.Linear(*params["W2"].shape)
    for layer, weights, biases in ((first, "W1", "b1"), (second, "W2", "b2")):
        layer.weight.data, layer.bias.data = params[weights].T, params[biases]
    network = nn.Sequential(first, nn.ReLU(), second)
    nn.CrossEntropyLoss()(network(x), d).backward()
    return {
        "W1": first.weight.grad.T,
        "b1": first.bias.grad,
        "W2": second.weight.grad.T,
        "b2": second.bias.grad,
    }
