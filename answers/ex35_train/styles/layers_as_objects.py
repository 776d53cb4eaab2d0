import numpy as np


class Dense:
    def __init__(self, inputs, outputs, rng):
        scale = np.sqrt(2 / inputs)
        self.W = scale * rng.standard_normal((inputs, outputs))
        self.b = np.zeros(outputs)

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, grad):
        self.dW = np.dot(self.x.T, grad)
        self.db = np.sum(grad, axis=0)
        return np.dot(grad, self.W.T)

    def update(self, lr):
        self.W -= lr * self.dW
        self.b -= lr * self.db


class Relu:
    def forward(self, u):
        self.mask = u <= 0
        out = u.copy()
        out[self.mask] = 0
        return out

    def backward(self, grad):
        grad = grad.copy()
        grad[self.mask] = 0
        return grad


class Sigmoid:
    def forward(self, u):
        self.out = 1 / (1 + np.exp(-u))
        return self.out

    def backward(self, grad):
        return grad * self.out * (1 - self.out)


def train(x, d, hidden, activation, learning_rate, epochs, rng):
    first = Dense(x.shape[1], hidden, rng)
    middle = Relu() if activation == "relu" else Sigmoid()
    last = Dense(hidden, d.shape[1], rng)
    losses = []
    for _ in range(epochs):
        y = last.forward(middle.forward(first.forward(x)))
        losses.append(np.mean((y - d) ** 2) / 2)
        # Each layer keeps its gradients; none moves before all are there.
        grad = last.backward((y - d) / d.size)
        first.backward(middle.backward(grad))
        first.update(learning_rate)
        last.update(learning_rate)
    params = {"W1": first.W, "b1": first.b, "W2": last.W, "b2": last.b}
    return params, losses
