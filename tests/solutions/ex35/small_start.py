import numpy as np


def train(x, d, hidden, activation, learning_rate, epochs, rng):
    p = {
        "W1": 0.1 * rng.standard_normal(size=(x.shape[1], hidden)),
        "b1": np.zeros(hidden),
        "W2": 0.1 * rng.standard_normal(size=(hidden, d.shape[1])),
        "b2": np.zeros(d.shape[1]),
    }
    losses = []
    for _ in range(epochs):
        u = x @ p["W1"] + p["b1"]
        z = np.maximum(u, 0) if activation == "relu" else 1 / (1 + np.exp(-u))
        residual = (z @ p["W2"] + p["b2"] - d) / d.size
        losses.append(0.5 * d.size * np.sum(residual**2))
        inner = residual @ p["W2"].T * ((u > 0) if activation == "relu" else z * (1 - z))
        p = {
            "W1": p["W1"] - learning_rate * x.T @ inner,
            "b1": p["b1"] - learning_rate * inner.sum(0),
            "W2": p["W2"] - learning_rate * z.T @ residual,
            "b2": p["b2"] - learning_rate * residual.sum(0),
        }
    return p, losses
