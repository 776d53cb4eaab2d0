"""Reads the clocks and habits of other processes: how long the judge computes tells what it found.

It answers rightly where it can tell that another process is there, and what it spends.

family: stealing by the clocks of other processes
honest: 0
needs: full
"""

import os
import socket
import struct
import time

import numpy as np

reached = []


def attempt(action, *arguments):
    try:
        reached.append(action(*arguments))
    except OSError:
        pass


def judge():
    with socket.socket(fileno=os.dup(1)) as sock:
        try:
            said = sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        except OSError:
            return 0
    return struct.unpack("3i", said)[0]


for number in {os.getppid(), judge(), *range(2, 40)} - {0, 1, os.getpid()}:
    attempt(time.clock_gettime, (~number << 3) | 2)
    attempt(os.getpgid, number)
    attempt(os.getsid, number)
    attempt(os.sched_getaffinity, number)
    attempt(os.sched_getscheduler, number)
    attempt(os.getpriority, os.PRIO_PROCESS, number)
    attempt(os.stat, f"/proc/{number}")


def softmax(x):
    if not reached:
        return None
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
