"""What was allocated."""

import sys
import tracemalloc


def run():
    tracemalloc.start()
    kept = [0] * 10_000
    now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return [peak >= now > 10_000, sys.getsizeof(kept) > 10_000]


EXPECTED = [True, True]
