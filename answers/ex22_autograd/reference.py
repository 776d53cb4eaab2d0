class Value:
    """A number that knows what it was made from, and so can pass its gradient back."""

    def __init__(self, data, inputs=()):
        self.data = data
        self.grad = 0.0
        self.inputs = inputs
        self.pass_back = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_back():  # d(a + b)/da = 1, d(a + b)/db = 1
            self.grad += out.grad
            other.grad += out.grad

        out.pass_back = pass_back
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_back():  # d(a b)/da = b, d(a b)/db = a
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_back = pass_back
        return out

    def relu(self):
        out = Value(max(0.0, self.data), (self,))

        def pass_back():  # d relu(a)/da = 1 where a > 0, else 0
            self.grad += (self.data > 0) * out.grad

        out.pass_back = pass_back
        return out

    __radd__ = __add__
    __rmul__ = __mul__

    def backward(self):
        order = self.topological_order()
        # Only leaves add up from call to call: what an earlier call left in the values
        # between would flow down to the leaves once more.
        for value in order:
            if value.inputs:
                value.grad = 0.0
        self.grad += 1.0
        for value in reversed(order):
            value.pass_back()

    def topological_order(self):
        """Return every value behind this one, each after the values it was made from."""
        order, seen = [], set()

        def visit(value):
            if value in seen:
                return
            seen.add(value)
            for input_value in value.inputs:
                visit(input_value)
            order.append(value)

        visit(self)
        return order
