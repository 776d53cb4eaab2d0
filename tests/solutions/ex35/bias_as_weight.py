import numpy as np


def train(x, d, hidden, activation, learning_rate, epochs, rng):
    """The biases are one more row of the weights, for an input that is always 1."""
    one = np.ones((len(x), 1))
    x1 = np.hstack([x, one])
    V1 = np.vstack([rng.normal(0, 0.6, (x.shape[1], hidden)), np.zeros(hidden)])
    V2 = np.vstack([rng.normal(0, 0.3, (hidden, d.shape[1])), np.zeros(d.shape[1])])
    f = {"relu": lambda u: np.clip(u, 0, None), "sigmoid": lambda u: 1 / (1 + np.exp(-u))}
    df = {"relu": lambda u, z: np.sign(z), "sigmoid": lambda u, z: np.exp(-u) * z**2}
    losses = []
    while len(losses) < epochs:
        u = x1 @ V1
        z = f[activation](u)
        z1 = np.hstack([z, one])
        error = z1 @ V2 - d
        losses.append(float(np.sum(error**2) / error.size / 2))
        back = error @ V2[:-1].T * df[activation](u, z)
        V1, V2 = (
            V1 - learning_rate / error.size * x1.T @ back,
            V2 - learning_rate / error.size * z1.T @ error,
        )
    return {"W1": V1[:-1], "b1": V1[-1], "W2": V2[:-1], "b2": V2[-1]}, losses
