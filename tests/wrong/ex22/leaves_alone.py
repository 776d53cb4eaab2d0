# only the leaves get a gradient
class Value:
    def __init__(self, data, operands=()):
        self.data = data
        self.grad = 0.0
        self.operands = operands

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    __radd__ = __add__
    __rmul__ = __mul__

    def relu(self):
        return Value(max(0.0, self.data), ((self, float(self.data > 0)),))

    def backward(self):
        order = []
        self._list(order)
        gradients = {id(v): 0.0 for v in order}
        gradients[id(self)] = 1.0
        for v in reversed(order):
            for operand, slope in v.operands:
                gradients[id(operand)] += slope * gradients[id(v)]
        for v in order:
            if not v.operands:
                v.grad += gradients[id(v)]

    def _list(self, order):
        if all(v is not self for v in order):
            for operand, _ in self.operands:
                operand._list(order)
            order.append(self)
