import numpy as np


class Neuron:
    def __init__(self, weights, bias):
        self.weights = weights
        self.bias = bias

    def __call__(self, x):
        return (x * self.weights).sum(axis=-1) + self.bias


class Layer:
    def __call__(self, x, W, b):
        neurons = [Neuron(w, bias) for w, bias in zip(W.T, b)]
        return np.stack([neuron(x) for neuron in neurons], axis=-1)


total_input = Layer()
