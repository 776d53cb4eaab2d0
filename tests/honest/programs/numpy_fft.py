"""Frequencies."""

import numpy as np


def run():
    x = np.sin(2 * np.pi * np.arange(8) / 8)
    return [int(np.abs(np.fft.rfft(x)).argmax()), bool(np.allclose(np.fft.ifft(np.fft.fft(x)), x))]


EXPECTED = [1, True]
