# grad assigned instead of added; no radd
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

    def relu(self):
        return Value(max(0, self.data), [(self, int(self.data > 0))])

    def backward(self, g=1):
        self.grad = g
        for p, local in self.parents:
            p.backward(local * g)
