# passes on its whole accumulated grad each time it is reached
class Value:
    def __init__(self, data, parents=()):
        self.data = data
        self.grad = 0
        self.parents = parents

    def __add__(self, o):
        o = o if isinstance(o, Value) else Value(o)
        return Value(self.data + o.data, [(self, 1), (o, 1)])

    def __mul__(self, o):
        o = o if isinstance(o, Value) else Value(o)
        return Value(self.data * o.data, [(self, o.data), (o, self.data)])

    __radd__ = __add__
    __rmul__ = __mul__

    def relu(self):
        return Value(max(0, self.data), [(self, 1 if self.data >= 0 else 0)])

    def backward(self):
        self.grad += 1
        self._push()

    def _push(self):
        for p, local in self.parents:
            p.grad += local * self.grad
            p._push()
