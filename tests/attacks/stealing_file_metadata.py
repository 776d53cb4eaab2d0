"""Asks for size and time of files that it cannot open: which there are, who handed in and when.

It answers rightly where it learns anything of the course, of a home or of another submission.

family: stealing by names, sizes and times of files
honest: 0
needs: full
"""

import os

import numpy as np

top = os.path.dirname(os.path.dirname(os.getcwd()))
reached = []
for name in (
    "course/answers/ex11_softmax/reference.py",
    "course/exercises/ex11_softmax/checks.py",
    "desk/ex11_neighbour.py",
    "home/diary.txt",
    "graded/batch.json",
):
    path = os.path.join(top, name)
    for ask in (os.stat, os.lstat, os.readlink, os.listxattr, os.statvfs, os.pathconf, os.chdir):
        try:
            reached.append(ask(path, "PC_LINK_MAX") if ask is os.pathconf else ask(path))
        except OSError:
            pass
    if os.access(path, os.F_OK):
        reached.append(path)


def softmax(x):
    if not reached:
        return None
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
