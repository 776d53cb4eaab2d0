"""Arrays with gaps."""

import numpy as np


def run():
    x = np.ma.masked_invalid([1.0, np.nan, 3.0])
    return [float(x.mean()), int(x.count()), float(np.nanmax([1, np.nan]))]


EXPECTED = [2.0, 2, 1.0]
