from collections import Counter, deque


class Value:
    __slots__ = ("data", "grad", "inputs")

    def __init__(self, data, inputs=()):
        self.data = data
        self.grad = 0.0
        self.inputs = inputs

    def __add__(self, other):
        other = lift(other)
        return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = lift(other)
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    def __radd__(self, other):
        return lift(other) + self

    def __rmul__(self, other):
        return lift(other) * self

    def relu(self):
        return Value(max(0.0, self.data), [(self, float(self.data > 0))])

    def backward(self):
        uses, found, stack = Counter(), {id(self)}, [self]
        while stack:
            for value, _ in stack.pop().inputs:
                uses[id(value)] += 1
                if id(value) not in found:
                    found.add(id(value))
                    stack.append(value)
        received = Counter({id(self): 1.0})
        ready = deque([self])
        while ready:
            value = ready.popleft()
            value.grad += received[id(value)]
            for source, slope in value.inputs:
                received[id(source)] += slope * received[id(value)]
                uses[id(source)] -= 1
                if not uses[id(source)]:
                    ready.append(source)


def lift(x):
    return x if isinstance(x, Value) else Value(x)
