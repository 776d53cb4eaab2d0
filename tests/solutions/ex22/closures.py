class Value:
    def __init__(self, data, parents=()):
        self.data = data
        self.grad = 0.0
        self._parents = parents

    @staticmethod
    def _wrap(o):
        return o if isinstance(o, Value) else Value(o)

    def __add__(self, other):
        other = Value._wrap(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    __radd__ = __add__

    def __mul__(self, other):
        other = Value._wrap(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    __rmul__ = __mul__

    def relu(self):
        return Value(max(0, self.data), ((self, 1.0 if self.data > 0 else 0.0),))

    def backward(self):
        order, seen = [], set()

        def visit(v):
            if id(v) not in seen:
                seen.add(id(v))
                for p, _ in v._parents:
                    visit(p)
                order.append(v)

        visit(self)
        g = {id(v): 0.0 for v in order}
        g[id(self)] = 1.0
        for v in reversed(order):
            for p, local in v._parents:
                g[id(p)] += local * g[id(v)]
        for v in order:
            v.grad += g[id(v)]
