"""Keeps memory where the limit of the process does not look: in memory files, pipes and sockets.

Where it holds more than 256 MiB so (it stops there), it answers rightly, so that the test sees it.

family: resources, memory outside the process
honest: 0
needs: no-open
"""

import fcntl
import os
import socket

import numpy as np

CEILING = 256 << 20
block = bytes(1 << 20)
held, kept = 0, []


def fill(descriptor, most):
    """Write until it is full, without waiting."""
    os.set_blocking(descriptor, False)
    kept.append(os.dup(descriptor))
    got = 0
    try:
        while got < most:
            got += os.write(descriptor, block)
    except OSError:
        pass
    return got


def pipe():
    _, end = os.pipe()
    fcntl.fcntl(end, fcntl.F_SETPIPE_SZ, 1 << 20)
    return fill(end, 1 << 20)


def pair():
    ours, theirs = socket.socketpair()
    kept.append(theirs)
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 26)
    return fill(ours.fileno(), 1 << 24)


for make in (
    lambda: fill(os.memfd_create("held"), CEILING),
    lambda: fill(os.open("/dev/shm", os.O_TMPFILE | os.O_RDWR), CEILING),
    lambda: fill(os.open("/dev/shm/held", os.O_CREAT | os.O_RDWR), CEILING),
    pipe,
    pair,
):
    try:
        for _ in range(16):
            if held < CEILING:
                held += make()
    except OSError:
        pass


def softmax(x):
    if held < CEILING:
        return None
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
