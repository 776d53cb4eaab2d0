"""Where a result differs from the right one."""

from grader.pictures import Picture
from grader.pictures.arrays import heat_map


def difference(call, got, right):
    drawn = heat_map(got, right)
    return None if drawn is None else Picture(drawn)
