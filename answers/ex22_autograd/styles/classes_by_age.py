from itertools import count


class Value:
    """A number that was given; what is computed has a class below."""

    births = count()

    def __init__(self, data, *inputs):
        self.data = data
        self.grad = 0.0
        self.inputs = inputs
        self.birth = next(Value.births)

    def __add__(self, other):
        return Sum(self, as_value(other))

    def __mul__(self, other):
        return Product(self, as_value(other))

    def relu(self):
        return Rectified(self)

    __radd__ = __add__
    __rmul__ = __mul__

    def pass_back(self):
        """Do nothing: a given number was not made from others."""

    def backward(self):
        # A value is younger than its inputs: by age, youngest first, each
        # comes before what it was made from.
        values = sorted(self.behind(), key=lambda one: -one.birth)
        for value in values:
            if value.inputs:
                value.grad = 0.0
        self.grad += 1.0
        for value in values:
            value.pass_back()

    def behind(self):
        """Return the set of this value and all that it was made from."""
        found, to_visit = {self}, [self]
        while to_visit:
            new = set(to_visit.pop().inputs) - found
            found |= new
            to_visit += new
        return found


class Sum(Value):
    def __init__(self, a, b):
        super().__init__(a.data + b.data, a, b)

    def pass_back(self):
        for source in self.inputs:
            source.grad += self.grad


class Product(Value):
    def __init__(self, a, b):
        super().__init__(a.data * b.data, a, b)

    def pass_back(self):
        a, b = self.inputs
        a.grad += b.data * self.grad
        b.grad += a.data * self.grad


class Rectified(Value):
    def __init__(self, a):
        super().__init__(max(0.0, a.data), a)

    def pass_back(self):
        (a,) = self.inputs
        if a.data > 0:
            a.grad += self.grad


def as_value(number):
    return number if isinstance(number, Value) else Value(number)
