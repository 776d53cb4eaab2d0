class Value:
    def __init__(self, data):
        self.data = data
        self.grad = 0.0

    def sources(self):
        return []

    def pull(self, g):
        return []

    def __add__(self, other):
        return Sum(self, wrapped(other))

    def __mul__(self, other):
        return Product(self, wrapped(other))

    __radd__ = __add__
    __rmul__ = __mul__

    def relu(self):
        return ReLU(self)

    def backward(self):
        order = []
        self._list(order)
        flow = dict.fromkeys(order, 0.0)
        flow[self] = 1.0
        for value in order[::-1]:
            value.grad += flow[value]
            for source, g in zip(value.sources(), value.pull(flow[value])):
                flow[source] += g

    def _list(self, order):
        if self in order:
            return
        for source in self.sources():
            source._list(order)
        order.append(self)


class Sum(Value):
    def __init__(self, a, b):
        super().__init__(a.data + b.data)
        self.a, self.b = a, b

    def sources(self):
        return [self.a, self.b]

    def pull(self, g):
        return [g, g]


class Product(Sum):
    def __init__(self, a, b):
        super().__init__(a, b)
        self.data = a.data * b.data

    def pull(self, g):
        return [g * self.b.data, g * self.a.data]


class ReLU(Value):
    def __init__(self, a):
        super().__init__(a.data if a.data > 0 else 0.0)
        self.a = a

    def sources(self):
        return [self.a]

    def pull(self, g):
        return [g if self.a.data > 0 else 0.0]


def wrapped(x):
    return x if isinstance(x, Value) else Value(float(x))
