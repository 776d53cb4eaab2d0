import numpy as np


def relative_error(a, b):
    errors = np.empty(a.shape)
    for i in np.ndindex(a.shape):
        larger = max(abs(a[i]), abs(b[i]))
        errors[i] = abs(a[i] - b[i]) / max(larger, 1e-8)
    return errors


def gradient_check(f, grad, x):
    h = 1e-4
    largest = 0.0
    for i in np.ndindex(x.shape):
        ahead, behind = x.copy(), x.copy()
        ahead[i] += h
        behind[i] -= h
        slope = (f(ahead) - f(behind)) / (2 * h)
        error = relative_error(np.array(grad[i]), np.array(slope))
        if not error <= largest:  # also where error is NaN
            largest = float(error)
            if np.isnan(largest):
                break
    return largest
