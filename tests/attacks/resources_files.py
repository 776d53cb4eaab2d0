"""Fills its folder with files, folders within folders and names that are hard to remove.

All of it within the limits, and the answers are right; nothing of the folder is left.

family: resources, files that are hard to remove
honest: 20
needs: own-code-only
"""
import os

import numpy as np


def attempt(action, *arguments):
    try:
        action(*arguments)
    except OSError:
        pass


for number in range(10):
    attempt(lambda: open(f"file{number}", "wb").write(bytes(1 << 20)))
for name in ("-rf", " ", "\n", "é" * 100, "\udcff", ".hidden"):
    attempt(os.mkdir, name)
for mode in (0o000, 0o300, 0o500):
    attempt(os.mkdir, f"mode{mode}", mode)
    attempt(os.mkdir, f"mode{mode}/inside")
home = os.getcwd()
for _ in range(700):
    attempt(os.mkdir, "deep")
    attempt(os.chdir, "deep")
attempt(os.chdir, home)


def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
