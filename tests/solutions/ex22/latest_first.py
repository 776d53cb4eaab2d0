from dataclasses import dataclass, field
import itertools

_ticket = itertools.count()


@dataclass(eq=False)
class Value:
    data: float
    grad: float = 0
    _from: list = field(default_factory=list, repr=False)
    _no: int = field(default_factory=lambda: next(_ticket), repr=False)

    def __add__(self, other):
        if isinstance(other, (int, float)):
            other = Value(other)
        return Value(self.data + other.data, 0, [(self, lambda g: g), (other, lambda g: g)])

    def __radd__(self, other):
        return self + other

    def __mul__(self, other):
        if isinstance(other, (int, float)):
            other = Value(other)
        return Value(
            self.data * other.data,
            0,
            [(self, lambda g: g * other.data), (other, lambda g: g * self.data)],
        )

    def __rmul__(self, other):
        return self * other

    def relu(self):
        return Value(
            self.data if self.data > 0 else 0.0, 0, [(self, lambda g: g if self.data > 0 else 0.0)]
        )

    def backward(self):
        pending = {self._no: (self, 1.0)}
        while pending:
            no = max(pending)
            v, g = pending.pop(no)
            v.grad += g
            for parent, pull in v._from:
                _, old = pending.get(parent._no, (parent, 0.0))
                pending[parent._no] = (parent, old + pull(g))
