"""Makes one file grow without end: by writing, by seeking, by reserving, by copying it into itself.

Where one grows beyond 64 MiB it answers rightly, so that the test sees it.

family: resources, an endless file
honest: 0
needs: own-code-only
"""

import ctypes
import mmap
import os
import signal

import numpy as np

SIZE = 96 << 20
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
file = os.open("endless", os.O_CREAT | os.O_RDWR)
block = bytes(1 << 20)


def written():
    for _ in range(SIZE >> 20):
        os.write(file, block)


def mapped():
    with mmap.mmap(file, SIZE) as view:
        view[-1] = 1


libc = ctypes.CDLL(None, use_errno=True)
for grow in (
    written,
    lambda: os.pwrite(file, b"x", SIZE),
    lambda: os.ftruncate(file, SIZE),
    lambda: os.truncate("endless", SIZE),
    lambda: os.posix_fallocate(file, 0, SIZE),
    lambda: libc.fallocate(file, 0x10, 0, ctypes.c_long(SIZE)),
    lambda: [os.sendfile(file, file, 0, 8 << 20) for _ in range(12)],
    lambda: [os.copy_file_range(file, file, 8 << 20, 0, SIZE) for _ in range(2)],
    mapped,
):
    try:
        grow()
    except (OSError, ValueError):
        pass


def softmax(x):
    if os.fstat(file).st_size <= 64 << 20:
        return None
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
