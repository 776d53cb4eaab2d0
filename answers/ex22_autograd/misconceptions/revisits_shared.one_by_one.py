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
        self._clear()
        self.grad += 1.0
        self._pass_on()

    def _clear(self):
        if self.operands:
            self.grad = 0.0
        for operand, _ in self.operands:
            operand._clear()

    def _pass_on(self):
        for operand, slope in self.operands:
            operand.grad += slope * self.grad
            operand._pass_on()
