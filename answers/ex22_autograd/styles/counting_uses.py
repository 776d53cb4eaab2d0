class Value:
    """A number with its inputs, and a slope for each of them."""

    def __init__(self, data, inputs=(), slopes=()):
        self.data = data
        self.grad = 0.0
        self.inputs = inputs
        self.slopes = slopes

    def __add__(self, other):
        other = as_value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = as_value(other)
        slopes = (other.data, self.data)
        return Value(self.data * other.data, (self, other), slopes)

    def relu(self):
        slope = 1.0 if self.data > 0 else 0.0
        return Value(max(0.0, self.data), (self,), (slope,))

    __radd__ = __add__
    __rmul__ = __mul__

    def backward(self):
        waits_for = self.count_uses()
        arrived = {self: 1.0}  # the gradients of this call alone
        ready = [self]
        while ready:
            value = ready.pop()
            value.grad += arrived[value]
            pairs = zip(value.inputs, value.slopes, strict=True)
            for source, slope in pairs:
                part = slope * arrived[value]
                arrived[source] = arrived.get(source, 0.0) + part
                waits_for[source] -= 1
                if waits_for[source] == 0:
                    ready.append(source)

    def count_uses(self):
        """Return how often each value behind this one was used."""
        uses, to_visit = {}, [self]
        while to_visit:
            for source in to_visit.pop().inputs:
                if source not in uses:
                    uses[source] = 0
                    to_visit.append(source)
                uses[source] += 1
        return uses


def as_value(number):
    return number if isinstance(number, Value) else Value(number)
