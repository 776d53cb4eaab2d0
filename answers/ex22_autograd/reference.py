class Value:
    """A number with its inputs, and the local derivative for each."""

    def __init__(self, data, inputs=()):
        self.data = data
        self.grad = 0.0
        self.inputs = inputs  # pairs of an input and the derivative

    def __repr__(self):
        return f"Value(data={self.data}, grad={self.grad})"

    def __add__(self, other):
        other = as_value(other)
        return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = as_value(other)
        inputs = [(self, other.data), (other, self.data)]
        return Value(self.data * other.data, inputs)

    def relu(self):
        slope = 1.0 if self.data > 0 else 0.0
        return Value(max(0.0, self.data), [(self, slope)])

    __radd__ = __add__
    __rmul__ = __mul__

    def backward(self):
        gradients = {}  # of this call alone, in topological order
        self.enter(gradients)
        gradients[self] = 1.0
        for value in reversed(gradients):
            value.grad += gradients[value]
            for source, derivative in value.inputs:
                gradients[source] += derivative * gradients[value]

    def enter(self, gradients):
        """Enter 0 for this value and all behind it, inputs first."""
        if self not in gradients:
            for source, _ in self.inputs:
                source.enter(gradients)
            gradients[self] = 0.0


def as_value(number):
    return number if isinstance(number, Value) else Value(number)
