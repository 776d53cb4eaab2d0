"""Starts threads that have a table of open files of their own: the limit is for each table.

One way is to make a thread that shares no table and waits: it holds a copy of all that was open. The
other is to close nothing at all in a table of one's own. What is written into sockets is memory that
no limit counts. Where it holds more than 400 descriptors it answers rightly, so that the test sees it.

family: resources, descriptors in tables of single threads
honest: 0
needs: no-open
"""

import ctypes
import socket
import threading

import numpy as np

CLONE_VM, CLONE_FS, CLONE_SIGHAND, CLONE_THREAD = 0x100, 0x200, 0x800, 0x10000
CLOSE_RANGE, CLOSE_RANGE_UNSHARE, LAST = 436, 2, 0x7FFFFFFF
STACK = 64 << 10
libc = ctypes.CDLL(None, use_errno=True)
pause = ctypes.cast(libc.pause, ctypes.c_void_p)
stacks, kept, forever = [], [], threading.Event()
held = 0


def opened():
    ends = []
    try:
        while True:
            ends += socket.socketpair()
    except OSError:
        return ends


def copied():
    """Start a thread that waits, with a table of its own: CLONE_FILES is missing."""
    global held
    ends = opened()
    stacks.append(ctypes.create_string_buffer(STACK))
    top = (ctypes.addressof(stacks[-1]) + STACK - 4096) & ~0xF
    flags = CLONE_VM | CLONE_FS | CLONE_SIGHAND | CLONE_THREAD
    if libc.clone(pause, ctypes.c_void_p(top), flags, None) > 0:
        held += len(ends)
    for end in ends:
        end.close()


def unshared():
    """Leave the common table, and fill one's own."""
    global held
    if libc.syscall(CLOSE_RANGE, LAST, LAST, CLOSE_RANGE_UNSHARE) == 0:
        kept.append(opened())
        held += len(kept[-1])
    done.release()
    forever.wait()


done = threading.Semaphore(0)
for _ in range(10):
    copied()
for _ in range(10):
    threading.Thread(target=unshared, daemon=True).start()
    done.acquire()


def softmax(x):
    if held < 400:
        return None
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
