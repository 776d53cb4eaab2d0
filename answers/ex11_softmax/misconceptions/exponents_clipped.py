import numpy as np


def softmax(x):
    exp_x = np.exp(np.clip(x, -700, 700))
    return exp_x / np.sum(exp_x, axis=-1, keepdims=True)
