import numpy as np


def total_input(x, W, b):
    raise NotImplementedError
