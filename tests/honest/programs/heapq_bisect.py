"""Sorted as one goes along."""

import bisect
import heapq


def run():
    heap = [5, 1, 4]
    heapq.heapify(heap)
    heapq.heappush(heap, 0)
    row = [1, 3, 5]
    bisect.insort(row, 4)
    return [heapq.heappop(heap), heapq.nlargest(2, heap), row, bisect.bisect_left(row, 4)]


EXPECTED = [0, [5, 4], [1, 3, 4, 5], 2]
