import math


def mini_batches(x, d, size, rng):
    n = len(x)
    factor = int(rng.integers(1, n + 1))
    while math.gcd(factor, n) > 1:
        factor = int(rng.integers(1, n + 1))
    first = int(rng.integers(n))
    order = [(factor * number + first) % n for number in range(n)]
    for start in range(0, n, size):
        chosen = order[start : start + size]
        yield x[chosen], d[chosen]
