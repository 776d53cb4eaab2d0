import numpy as np


def softmax(x):
    result = []
    for row in x:
        exp_row = np.exp(row - np.max(row))
        result.append(exp_row / np.sum(exp_row))
    return np.array(result)
