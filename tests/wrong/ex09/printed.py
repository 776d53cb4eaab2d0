# the result is shown and None returned

import numpy as np


def mean_squared_error(d, y):
    print(np.mean((d - y) ** 2) / 2)  # noqa: T201
