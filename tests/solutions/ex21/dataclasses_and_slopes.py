from dataclasses import dataclass


@dataclass
class Add:
    slope_a: float = 0.0
    slope_b: float = 0.0

    def forward(self, a, b):
        self.slope_a = self.slope_b = 1.0
        return a + b

    def backward(self, grad):
        return self.slope_a * grad, self.slope_b * grad


@dataclass
class Mul:
    slope_a: float = 0.0
    slope_b: float = 0.0

    def forward(self, a, b):
        self.slope_a, self.slope_b = b, a
        return a * b

    def backward(self, grad):
        return self.slope_a * grad, self.slope_b * grad


def gradients(x, y, z):
    add, mul = Add(), Mul()
    mul.forward(add.forward(x, y), z)
    p, dz = mul.backward(1.0)
    dx, dy = add.backward(p)
    return dict(x=dx, y=dy, z=dz, p=p)
