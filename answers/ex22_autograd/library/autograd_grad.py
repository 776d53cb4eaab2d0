from torch import autograd, tensor


class Value:
    def __init__(self, data, inputs=()):
        self.kept = tensor(float(data), requires_grad=True) if not inputs else data
        self.inputs = inputs
        self.grad = 0.0

    data = property(lambda self: float(self.kept))

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.kept + other.kept, (self, other))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.kept * other.kept, (self, other))

    __radd__ = __add__
    __rmul__ = __mul__

    def relu(self):
        return Value(self.kept.relu(), (self,))

    def behind(self):
        return {self}.union(*(value.behind() for value in self.inputs))

    def backward(self):
        values = list(self.behind())
        slopes = autograd.grad(self.kept, [value.kept for value in values], retain_graph=True)
        for value, slope in zip(values, slopes):
            value.grad += float(slope)
