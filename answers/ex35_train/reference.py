from itertools import pairwise

import numpy as np


def sigmoid(u):
    # 1 / (1 + e^-u) = (1 + tanh(u/2)) / 2, and tanh never overflows
    return 0.5 * (1 + np.tanh(0.5 * u))


ACTIVATIONS = {"relu": lambda u: np.maximum(0, u), "sigmoid": sigmoid}
DERIVATIVES = {
    "relu": lambda u: u > 0,
    "sigmoid": lambda u: sigmoid(u) * (1 - sigmoid(u)),
}


def start(sizes, rng):
    """Draw W1, b1, W2, b2: weights around 0, the biases 0."""
    params = {}
    for k, (inputs, outputs) in enumerate(pairwise(sizes), start=1):
        scale = 1 / np.sqrt(inputs)
        params[f"W{k}"] = rng.normal(scale=scale, size=(inputs, outputs))
        params[f"b{k}"] = np.zeros(outputs)
    return params


def train(x, d, hidden, activation, learning_rate, epochs, rng):
    params = start([x.shape[1], hidden, d.shape[1]], rng)
    history = []
    for _ in range(epochs):
        u1 = x @ params["W1"] + params["b1"]
        z1 = ACTIVATIONS[activation](u1)
        y = z1 @ params["W2"] + params["b2"]
        history.append(float(0.5 * np.mean((d - y) ** 2)))

        delta2 = (y - d) / y.size
        delta1 = delta2 @ params["W2"].T * DERIVATIVES[activation](u1)
        grads = {
            "W1": x.T @ delta1,
            "b1": delta1.sum(axis=0),
            "W2": z1.T @ delta2,
            "b2": delta2.sum(axis=0),
        }
        params = {  # all four at once, with gradients of the same moment
            key: p - learning_rate * grads[key] for key, p in params.items()
        }
    return params, history
