import numpy as np


def softmax(x):
    result = []
    for row in x:
        exp_row = [np.exp(value - np.max(row)) for value in row]
        result.append([value / sum(exp_row) for value in exp_row])
    return np.array(result)
