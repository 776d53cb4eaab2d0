class Value:
    """Keeps the derivative of each leaf and each value on the way, worked out forwards."""

    def __init__(self, data):
        self.data, self.grad = data, 0
        self._slopes = {self: 1.0}

    def _made(self, data, *parts):
        out = Value(data)
        for value, slope in parts:
            for source, inner in value._slopes.items():
                out._slopes[source] = out._slopes.get(source, 0.0) + slope * inner
        return out

    def __add__(self, other):
        if not isinstance(other, Value):
            return self._made(self.data + other, (self, 1))
        return self._made(self.data + other.data, (self, 1), (other, 1))

    def __mul__(self, other):
        if not isinstance(other, Value):
            return self._made(self.data * other, (self, other))
        return self._made(self.data * other.data, (self, other.data), (other, self.data))

    def relu(self):
        return self._made(max(self.data, 0), (self, self.data > 0))

    __radd__, __rmul__ = __add__, __mul__

    def backward(self):
        for value, slope in self._slopes.items():
            value.grad += slope
