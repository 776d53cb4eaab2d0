from dataclasses import dataclass
import numpy as np


@dataclass
class Layer:
    inputs: int
    outputs: int

    def weights(self, rng):
        rows = [[rng.uniform(-1, 1) for _ in range(self.outputs)] for _ in range(self.inputs)]
        return np.array(rows)

    def biases(self):
        return np.array([0.0] * self.outputs)


def build_network(sizes, rng):
    layers = [Layer(a, b) for a, b in zip(sizes[:-1], sizes[1:])]
    weights = {"W" + str(i + 1): l.weights(rng) for i, l in enumerate(layers)}
    return weights | {"b" + str(i + 1): l.biases() for i, l in enumerate(layers)}


def count_parameters(params):
    total = 0
    for key in params:
        n = 1
        for s in params[key].shape:
            n *= s
        total += n
    return total
