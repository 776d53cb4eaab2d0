import functions as f
import numpy as np


def backward(x, d, z1, y, params):
    grads = {}
    # with one output, the number of elements is the number of samples
    delta = f.d_mean_squared_error(d, y)
    for key, inputs in (("2", z1), ("1", x)):
        grads["W" + key] = np.matmul(np.transpose(inputs), delta)
        grads["b" + key] = np.sum(delta, axis=0)
        delta = np.matmul(delta, params["W2"].T) * f.d_relu(z1) if key == "2" else delta
    return grads
