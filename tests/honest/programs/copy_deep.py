"""Copies, shallow and deep."""

import copy


def run():
    rows = [[1], [2]]
    shallow, deep = copy.copy(rows), copy.deepcopy(rows)
    rows[0].append(9)
    return [shallow[0], deep[0]]


EXPECTED = [[1, 9], [1]]
