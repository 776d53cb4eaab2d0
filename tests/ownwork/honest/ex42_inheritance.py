from abc import ABC, abstractmethod

import torch


class Layer(ABC):
    @abstractmethod
    def forward(self, x): ...

    @abstractmethod
    def backward(self, grad): ...

    def __call__(self, x):
        return self.forward(x)


class Dense(Layer):
    def __init__(self, weight, bias):
        super().__init__()
        self.weight, self.bias = weight, bias
        self.grad = None

    def forward(self, x):
        self.cache = x
        return x @ self.weight + self.bias

    def backward(self, grad):
        self.grad = (self.cache.T @ grad, grad.sum(axis=0))
        return grad @ self.weight.T


class Rectifier(Layer):
    def forward(self, x):
        self.cache = x
        return torch.max(x, torch.zeros_like(x))

    def backward(self, grad):
        return grad * torch.sign(torch.relu(self.cache))


class Sequential(Layer):
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def backward(self, grad):
        for layer in self.layers[::-1]:
            grad = layer.backward(grad)
        return grad


def backward(x, d, params):
    net = Sequential(
        Dense(params["W1"], params["b1"]), Rectifier(), Dense(params["W2"], params["b2"])
    )
    p = torch.softmax(net(x), dim=1)
    p -= torch.eye(p.shape[1], dtype=p.dtype, device=p.device)[d]
    net.backward(p / p.shape[0])
    (W1, b1), (W2, b2) = net.layers[0].grad, net.layers[2].grad
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
