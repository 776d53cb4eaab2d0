import numpy as np


def softmax(x):
    largest = x[0]
    for value in x:
        if value > largest:
            largest = value
    exp_x = np.exp(x - largest)
    total = 0
    for value in exp_x:
        total += value
    return exp_x / total
