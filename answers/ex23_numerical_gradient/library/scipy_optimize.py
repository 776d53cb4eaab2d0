import numpy as np
from scipy.optimize import approx_fprime


def numerical_gradient(f, x, h=1e-4):
    x = np.array(x, dtype=np.float64)
    flat = approx_fprime(x.ravel(), lambda v: f(v.reshape(x.shape)), h)
    return flat.reshape(x.shape)
