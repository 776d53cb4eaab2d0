"""Layers with forward and backward, as the course book writes them; loss.backward() is not used."""

import torch


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.dW = self.db = None

    def forward(self, x):
        self.x = x
        return x.matmul(self.W) + self.b

    def backward(self, dout):
        self.dW = torch.matmul(self.x.t(), dout)
        self.db = dout.sum(dim=0)
        return dout.mm(self.W.t())


class Relu:
    def forward(self, x):
        self.mask = x.le(0)
        out = x.clone()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dx = dout.clone()
        dx[self.mask] = 0
        return dx


class SoftmaxWithLoss:
    def forward(self, x, t):
        self.t, self.y = t, softmax(x)
        return -torch.log(self.y[torch.arange(len(t)), t]).mean()

    def backward(self, dout=1):
        dx = self.y.clone()
        dx[torch.arange(len(self.t), device=dx.device), self.t] -= 1
        return dx * dout / len(self.t)


def softmax(x):
    x = x - x.max(dim=1, keepdim=True).values
    return torch.exp(x) / torch.exp(x).sum(dim=1, keepdim=True)


def backward(x, d, params):
    layers = [Affine(params["W1"], params["b1"]), Relu(), Affine(params["W2"], params["b2"])]
    last = SoftmaxWithLoss()
    for layer in layers:
        x = layer.forward(x)
    last.forward(x, d)
    dout = last.backward()
    for layer in reversed(layers):
        dout = layer.backward(dout)
    return {"W1": layers[0].dW, "b1": layers[0].db, "W2": layers[2].dW, "b2": layers[2].db}
