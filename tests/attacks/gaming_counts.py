"""Walks every path of the graph, and has the drive count none of its calls.

Counts are made in the submission's own process, which may say what it likes: of transfers, of
operations, of calls. Here it saves a remark (that every path is walked); no point hangs on it. The
static look reports what it does to sys, so a teacher decides.

family: gaming by lying about counts
honest: 0
status: needs_review
exercise: ex22
unprotected: what a process counts of itself is only as true as the process
needs: own-code-only
"""

import sys

sys.setprofile = lambda _function: None


class Value:
    def __init__(self, data, inputs=()):
        self.data, self.grad, self.inputs = data, 0.0, inputs

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def relu(self):
        return Value(max(0.0, self.data), ((self, float(self.data > 0)),))

    __radd__ = __add__
    __rmul__ = __mul__

    def backward(self):
        cleared = set()

        def clear(value):
            if value.inputs and value not in cleared:
                cleared.add(value)
                value.grad = 0.0
                for before, _ in value.inputs:
                    clear(before)

        def spread(value, gradient):
            value.grad += gradient
            for before, slope in value.inputs:
                spread(before, gradient * slope)

        clear(self)
        spread(self, 1.0)
