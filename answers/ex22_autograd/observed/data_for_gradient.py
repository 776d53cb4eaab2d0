class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.grad = 0.0
        self.inputs = inputs
        self.pass_back = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_back():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_back = pass_back
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_back():
            self.grad += self.data * out.grad
            other.grad += self.data * out.grad

        out.pass_back = pass_back
        return out

    def relu(self):
        out = Value(max(0.0, self.data), (self,))

        def pass_back():
            self.grad += (self.data > 0) * out.grad

        out.pass_back = pass_back
        return out

    __radd__ = __add__
    __rmul__ = __mul__

    def backward(self):
        order = []

        def visit(value):
            if value not in order:
                for input_value in value.inputs:
                    visit(input_value)
                order.append(value)

        visit(self)
        for value in order:
            if value.inputs:
                value.grad = 0.0
        self.grad += 1.0
        for value in reversed(order):
            value.pass_back()
