import numpy as np


def softmax(x):
    exp_x = np.exp(x)
    return np.nan_to_num(exp_x / np.sum(exp_x, axis=-1, keepdims=True), posinf=0)
