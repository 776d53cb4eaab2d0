class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.grad = 0.0
        self.inputs = inputs  # pairs of a value and the local derivative

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

        def visit(value):
            if value not in order:
                for source, _ in value.inputs:
                    visit(source)
                order.append(value)

        visit(self)
        grads = {self: 1.0}
        for value in reversed(order):
            for source, derivative in value.inputs:
                grads[source] = derivative * grads[value]
        for value, grad in grads.items():
            value.grad += grad
