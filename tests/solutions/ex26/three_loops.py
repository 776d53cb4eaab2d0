import numpy as np


def backward(x, d, z1, y, params):
    n, inputs = x.shape
    hidden = z1.shape[1]
    dtype = x.dtype
    gW1, gb1 = np.zeros((inputs, hidden), dtype), np.zeros(hidden, dtype)
    gW2, gb2 = np.zeros((hidden, 1), dtype), np.zeros(1, dtype)
    for s in range(n):
        slope = (y[s][0] - d[s][0]) / n
        gb2[0] += slope
        for j in range(hidden):
            gW2[j][0] += z1[s][j] * slope
            if z1[s][j] > 0:
                back = slope * params["W2"][j][0]
                gb1[j] += back
                for i in range(inputs):
                    gW1[i][j] += x[s][i] * back
    return {"W1": gW1, "b1": gb1, "W2": gW2, "b2": gb2}
