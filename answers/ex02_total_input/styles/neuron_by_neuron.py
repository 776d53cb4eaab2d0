import numpy as np


def total_input(x, W, b):
    # column j of W holds the weights of neuron j
    neurons = [x @ W[:, j] + b[j] for j in range(len(b))]
    return np.stack(neurons, axis=-1)
