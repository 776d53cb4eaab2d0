import math

import numpy as np


def one_error(p, q):
    return abs(p - q) / max(abs(p), abs(q), 1e-8)


def relative_error(a, b):
    out = np.zeros(a.shape)
    for i, p in np.ndenumerate(a):
        out[i] = one_error(p, b[i])
    return out


def gradient_check(f, grad, x):
    worst = 0.0
    for i, value in np.ndenumerate(x):
        points = []
        for step in (1e-4, -1e-4):
            moved = x.copy()
            moved[i] = value + step
            points.append(f(moved))
        slope = (points[0] - points[1]) / 2e-4
        if math.isnan(grad[i]) or math.isnan(slope):
            return math.nan
        worst = max(worst, one_error(grad[i], slope))
    return worst
