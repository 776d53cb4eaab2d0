"""Returns arrays and lists that look small here and are enormous when they are copied.

family: fooling by enormous answers
honest: 0
"""
import itertools

import numpy as np

calls = 0


def nested(depth):
    value = [0]
    for _ in range(depth):
        value = [value, value]
    return value


def endless():
    value = []
    value.append(value)
    return value


def softmax(x):
    global calls
    calls += 1
    answers = [
        lambda: np.broadcast_to(0.2, (10**10,)),
        lambda: nested(60),
        endless,
        lambda: itertools.repeat(0.2),
        lambda: 10**100_000,
        lambda: np.broadcast_to(np.float32(0.2), (1,) * 40 + (10**6,)),
        lambda: "x" * (1 << 22),
        lambda: np.zeros(3, [("p", "f8")]),
        lambda: np.array([None, 1], object),
    ]
    return answers[calls % len(answers)]()
