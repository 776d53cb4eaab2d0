import numpy as np


def relu(u):
    return np.where(u > 0, u, 0.0), np.where(u > 0, 1.0, 0.0)


def sigmoid(u):
    z = 1 / (1 + np.exp(-u))
    return z, z * (1 - z)


def train(x, d, hidden, activation, learning_rate, epochs, rng):
    activated = {"relu": relu, "sigmoid": sigmoid}[activation]
    # The bias is one more row of the weights: that of an input that is 1.
    x = with_ones(x)
    V1 = first_weights(x.shape[1] - 1, hidden, rng)
    V2 = first_weights(hidden, d.shape[1], rng)
    history = []
    for _ in range(epochs):
        z, slope = activated(x @ V1)
        z = with_ones(z)
        error = z @ V2 - d
        history.append((error**2).mean() / 2)
        step = learning_rate * error / error.size
        back = step @ V2[:-1].T * slope
        V1, V2 = V1 - x.T @ back, V2 - z.T @ step
    params = {"W1": V1[:-1], "b1": V1[-1], "W2": V2[:-1], "b2": V2[-1]}
    return params, history


def with_ones(x):
    return np.hstack([x, np.ones((len(x), 1))])


def first_weights(inputs, outputs, rng):
    weights = rng.normal(0, 1 / np.sqrt(inputs), (inputs, outputs))
    return np.vstack([weights, np.zeros(outputs)])
