# loops over the entries of x, right for a sample alone
import math
import numpy as np


def softmax(x):
    m = max(x)
    total = sum(math.exp(v - m) for v in x)
    return np.array([math.exp(v - m) / total for v in x])
