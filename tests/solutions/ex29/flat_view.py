import numpy as np


def relative_error(a, b):
    bottom = np.where(np.abs(a) > np.abs(b), np.abs(a), np.abs(b))
    bottom[bottom < 1e-8] = 1e-8
    return np.abs(a - b) / bottom


def gradient_check(f, grad, x, h=1e-4):
    point = np.array(x)
    flat = point.reshape(-1)
    num = np.empty(flat.size)
    for k in range(flat.size):
        saved = flat[k]
        flat[k] = saved + h
        up = f(point)
        flat[k] = saved - h
        down = f(point)
        flat[k] = saved
        num[k] = (up - down) / h / 2
    return float(relative_error(grad.reshape(-1), num).max())
