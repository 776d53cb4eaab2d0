import functions
import numpy as np


def backward(x, d, z1, y, params):
    raise NotImplementedError
