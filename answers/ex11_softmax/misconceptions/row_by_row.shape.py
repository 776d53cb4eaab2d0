import numpy as np


def softmax(x):
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        exps = [np.exp(x[i, j] - np.max(x[i])) for j in range(x.shape[1])]
        for j in range(x.shape[1]):
            result[i, j] = exps[j] / sum(exps)
    return result.astype(x.dtype if x.dtype.kind == "f" else np.float64)
