"""Makes the nursery its debugger and stops: whoever waits for its end is told of a stop instead.

A nursery that takes that for the end, or that breaks on it, serves no submission after this one.

family: resources, a process that asks to be traced
honest: 0
limits: short
needs: own-code-only
"""

import ctypes
import os
import signal

PTRACE_TRACEME = 0
libc = ctypes.CDLL(None, use_errno=True)


def softmax(x):
    libc.ptrace(PTRACE_TRACEME, 0, 0, 0)
    for number in (signal.SIGUSR1, signal.SIGCHLD, signal.SIGSTOP):
        os.kill(os.getpid(), number)
    os._exit(0)
