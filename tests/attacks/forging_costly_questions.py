"""Asks the judge to evaluate its function on enormous arguments, again and again.

The time for that is not the submission's own, so asking is cheap and answering is not.

family: forging questions that are slow to answer
honest: 0
exercise: ex23
limits: short
"""

import sys

import numpy as np

from grader.wire import frames

MOST = 25
LARGE = np.zeros((1 << 20) - 1000)


def answering():
    frame = sys._getframe()
    while type(frame.f_locals.get("self")).__name__ != "StudentProcess":
        frame = frame.f_back
    return frame.f_locals["self"]


def numerical_gradient(f, x, h=1e-4):
    process = answering()
    question = b"".join(frames.pack("ask", process.number, [0, [LARGE], {}]))
    for _ in range(MOST):
        process.sock.sendall(question)
        process.sock.recv(1 << 16)
    raise RuntimeError("enough")
