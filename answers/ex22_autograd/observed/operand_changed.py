class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.grad = 0.0
        self.inputs = inputs  # pairs of a value and the local derivative

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        inputs = ((self, 1.0), (other, 1.0))
        self.data += other.data
        return Value(self.data, inputs)

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    __radd__ = __add__
    __rmul__ = __mul__

    def relu(self):
        return Value(max(0.0, self.data), ((self, float(self.data > 0)),))

    def backward(self, grad=1.0):
        self.grad += grad
        for source, derivative in self.inputs:
            source.backward(grad * derivative)
