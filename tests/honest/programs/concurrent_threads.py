"""A pool of threads."""

from concurrent.futures import ThreadPoolExecutor, as_completed


def run():
    with ThreadPoolExecutor(3) as pool:
        squares = list(pool.map(lambda n: n * n, range(4)))
        later = [pool.submit(pow, 2, n) for n in range(3)]
    return [squares, sorted(one.result() for one in as_completed(later))]


EXPECTED = [[0, 1, 4, 9], [1, 2, 4]]
