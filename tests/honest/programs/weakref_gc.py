"""Objects that go."""

import gc
import weakref


class Node:
    pass


def run():
    node = Node()
    node.itself = node
    seen = weakref.ref(node)
    gone = []
    weakref.finalize(node, gone.append, True)
    del node
    gc.collect()
    return [seen() is None, gone]


EXPECTED = [True, [True]]
