import numpy as np


def mean_squared_error(d, y):
    raise NotImplementedError
