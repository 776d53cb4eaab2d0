import numpy as np


def train(x, d, hidden, activation, learning_rate, epochs, rng):
    params = dict(
        W1=(rng.random((x.shape[1], hidden)) - 0.5) * 2,
        b1=np.zeros((hidden,)),
        W2=(rng.random((hidden, d.shape[1])) - 0.5),
        b2=np.zeros((d.shape[1],)),
    )
    history = []

    def gradients():
        u1 = x.dot(params["W1"]) + params["b1"]
        if activation == "relu":
            z1, slope = np.where(u1 > 0, u1, 0), np.heaviside(u1, 0)
        else:
            z1 = 0.5 + 0.5 * np.tanh(u1 / 2)
            slope = z1 - z1**2
        y = z1.dot(params["W2"]) + params["b2"]
        history.append(np.square(y - d).mean() / 2)
        delta = (y - d) / y.size
        yield "W2", z1.T.dot(delta)
        yield "b2", delta.sum(axis=0)
        delta = slope * delta.dot(params["W2"].T)
        yield "W1", x.T.dot(delta)
        yield "b1", delta.sum(axis=0)

    for _ in range(epochs):
        for key, gradient in list(gradients()):
            params[key] = params[key] - learning_rate * gradient
    return params, history
