from abc import ABC, abstractmethod


class Node(ABC):
    """Keeps the inputs; a subclass knows its function and its two partial derivatives."""

    def forward(self, *inputs):
        self.inputs = inputs
        return self.function(*inputs)

    def backward(self, grad):
        return tuple(grad * slope for slope in self.slopes(*self.inputs))

    @abstractmethod
    def function(self, a, b): ...

    @abstractmethod
    def slopes(self, a, b): ...


class Add(Node):
    def function(self, a, b):
        return a + b

    def slopes(self, a, b):
        return 1, 1


class Mul(Node):
    def function(self, a, b):
        return a * b

    def slopes(self, a, b):
        return b, a


def gradients(x, y, z):
    nodes = {"add": Add(), "mul": Mul()}
    p = nodes["add"].forward(x, y)
    nodes["mul"].forward(p, z)
    found = {}
    found["p"], found["z"] = nodes["mul"].backward(1.0)
    found["x"], found["y"] = nodes["add"].backward(found["p"])
    return found
