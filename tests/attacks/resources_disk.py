"""Fills the disk with files that are each within the limit on files: 400 times one mebibyte.

Where more than 64 of them fit, it answers rightly, so that the test sees it.

family: resources, a full disk
honest: 0
needs: own-code-only
"""

import numpy as np

written = 0
block = bytes(1 << 20)
for number in range(400):
    try:
        with open(f"block{number}", "wb", buffering=0) as file:
            written += file.write(block)
    except OSError:
        break


def softmax(x):
    if written < 64 << 20:
        return None
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
