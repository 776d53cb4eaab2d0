import numpy as np


def cross_entropy_error(d, y):
    raise NotImplementedError
