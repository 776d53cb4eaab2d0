class Value:
    def __init__(self, data):
        self.data = data
        self.grad = 0.0

    def __add__(self, other):
        if isinstance(other, Value):
            other = other.data
        return self.data + other

    def __mul__(self, other):
        if isinstance(other, Value):
            other = other.data
        return self.data * other

    __radd__ = __add__
    __rmul__ = __mul__

    def relu(self):
        return max(0.0, self.data)

    def backward(self):
        self.grad += 1.0
