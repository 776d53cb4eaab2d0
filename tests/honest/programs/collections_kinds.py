"""Containers."""

from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple


def run():
    counts = Counter("hello").most_common(1)
    last = deque(range(5), maxlen=2)
    groups = defaultdict(list)
    groups["a"].append(1)
    point = namedtuple("Point", "x y")(1, 2)
    ordered = OrderedDict(a=1, b=2)
    ordered.move_to_end("a")
    return [counts, list(last), dict(groups), point.y, list(ordered), ChainMap({}, {"z": 1})["z"]]


EXPECTED = [[("l", 2)], [3, 4], {"a": [1]}, 2, ["b", "a"], 1]
