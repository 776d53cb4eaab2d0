import torch


class Linear:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, g):
        self.dW, self.db = self.x.T @ g, g.sum(dim=0)
        return g @ self.W.T


class Relu:
    def forward(self, u):
        self.mask = u > 0
        return u * self.mask

    def backward(self, g):
        return g * self.mask


def backward(x, d, params):
    first, relu, second = Linear(params["W1"], params["b1"]), Relu(), Linear(params["W2"], params["b2"])
    y = torch.softmax(second.forward(relu.forward(first.forward(x))), dim=1)
    y[torch.arange(len(x), device=x.device), d] -= 1
    first.backward(relu.backward(second.backward(y / len(x))))
    return {"W1": first.dW, "b1": first.db, "W2": second.dW, "b2": second.db}
