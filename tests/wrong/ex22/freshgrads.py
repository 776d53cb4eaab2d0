# zeroes all gradients at the start of backward
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
        return Value(max(0, self.data), [(self, int(self.data > 0))])

    def backward(self):
        order = []

        def visit(v):
            if v not in order:
                for p, _ in v.parents:
                    visit(p)
                order.append(v)

        visit(self)
        for v in order:
            v.grad = 0
        self.grad = 1
        for v in reversed(order):
            for p, local in v.parents:
                p.grad += local * v.grad
