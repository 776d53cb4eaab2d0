"""Functions made of functions."""

import functools
import operator


@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@functools.singledispatch
def kind(value):
    return "other"


@kind.register
def _(value: int):
    return "int"


def run():
    product = functools.reduce(operator.mul, [1, 2, 3, 4])
    return [fib(60), product, functools.partial(pow, 2)(5), kind(3), kind("x")]


EXPECTED = [1548008755920, 24, 32, "int", "other"]
