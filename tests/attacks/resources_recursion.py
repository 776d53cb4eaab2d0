"""Calls itself without end, and raises what nobody can describe without doing so too.

family: resources, deep recursion
honest: 17
needs: own-code-only
"""

import sys

import numpy as np

sys.setrecursionlimit(20_000)


class Deep(BaseException):
    def __str__(self):
        return str(self)

    __repr__ = __str__

    def __getattribute__(self, name):
        return getattr(self, name)


class Meta(type):
    @property
    def __name__(cls):
        return cls.__name__


class Deeper(Deep, metaclass=Meta):
    pass


def down(x):
    return down(x)


def softmax(x):
    if x.dtype == np.int64:
        return down(x)
    if x.dtype == np.float32:
        raise Deeper from Deep()
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
