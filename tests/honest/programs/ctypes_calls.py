"""Functions of the C library."""

import ctypes
import ctypes.util


class Pair(ctypes.Structure):
    _fields_ = [("a", ctypes.c_int), ("b", ctypes.c_double)]


def run():
    libc = ctypes.CDLL(None)
    text = ctypes.create_string_buffer(b"abcd")
    callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(lambda n: n + 1)
    return [libc.strlen(text), libc.abs(-3), Pair(1, 0.5).b, callback(4)]


EXPECTED = [4, 3, 0.5, 5]
