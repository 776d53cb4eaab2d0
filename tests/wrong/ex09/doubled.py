# multiplied by 2 where the 1/2 stands

import numpy as np


def mean_squared_error(d, y):
    return 2 * np.mean(np.square(np.subtract(d, y)))
