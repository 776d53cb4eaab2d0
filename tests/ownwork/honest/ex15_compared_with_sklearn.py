import numpy as np
from sklearn.metrics import log_loss
def cross_entropy_error(d, y):
    if np.ndim(y) == 1:
        d = np.reshape(d, (1, np.size(d)))
        y = y.reshape(1, y.size)
    if np.size(d) == y.size:
        d = d.argmax(axis=1)
    batch_size = y.shape[0]
    return -np.sum(np.log(y[np.arange(batch_size), d.ravel()] + 1e-7)) / batch_size
def compare():
    y = np.array([[.2,.8]])
    return log_loss([1], y), cross_entropy_error(np.array([1]), y)
print(compare())
