import math

import numpy as np


def train(x, d, hidden, activation, learning_rate, epochs, rng):
    n_in, n_out = x.shape[1], d.shape[1]
    W1 = [[rng.normal(0, 0.7) for _ in range(hidden)] for _ in range(n_in)]
    W2 = [[rng.normal(0, 0.4) for _ in range(n_out)] for _ in range(hidden)]
    b1, b2 = [0.0] * hidden, [0.0] * n_out
    history = []
    rows, targets = x.tolist(), d.tolist()
    size = len(rows) * n_out
    for _ in range(epochs):
        gW1 = [[0.0] * hidden for _ in range(n_in)]
        gW2 = [[0.0] * n_out for _ in range(hidden)]
        gb1, gb2 = [0.0] * hidden, [0.0] * n_out
        loss = 0.0
        for row, target in zip(rows, targets):
            u = [sum(row[i] * W1[i][j] for i in range(n_in)) + b1[j] for j in range(hidden)]
            if activation == "relu":
                z = [max(0.0, v) for v in u]
                slope = [1.0 if v > 0 else 0.0 for v in u]
            else:
                z = [1 / (1 + math.exp(-v)) for v in u]
                slope = [v * (1 - v) for v in z]
            y = [sum(z[j] * W2[j][k] for j in range(hidden)) + b2[k] for k in range(n_out)]
            error = [y[k] - target[k] for k in range(n_out)]
            loss += sum(e * e for e in error)
            for j in range(hidden):
                back = sum(error[k] * W2[j][k] for k in range(n_out)) * slope[j] / size
                gb1[j] += back
                for i in range(n_in):
                    gW1[i][j] += back * row[i]
                for k in range(n_out):
                    gW2[j][k] += error[k] * z[j] / size
            for k in range(n_out):
                gb2[k] += error[k] / size
        history.append(loss / (2 * size))
        for j in range(hidden):
            b1[j] -= learning_rate * gb1[j]
            for i in range(n_in):
                W1[i][j] -= learning_rate * gW1[i][j]
            for k in range(n_out):
                W2[j][k] -= learning_rate * gW2[j][k]
        for k in range(n_out):
            b2[k] -= learning_rate * gb2[k]
    arrays = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    return {key: np.array(value) for key, value in arrays.items()}, history
