class Node:
    """Keeps its two local derivatives; backward is the same for all."""

    def backward(self, grad):
        return tuple(grad * slope for slope in self.slopes)


class Add(Node):
    def forward(self, a, b):
        self.slopes = (1.0, 1.0)
        return a + b


class Mul(Node):
    def forward(self, a, b):
        self.slopes = (b, a)
        return a * b


def gradients(x, y, z):
    add, mul = Add(), Mul()
    p = add.forward(x, y)
    mul.forward(p, z)
    grad_p, grad_z = mul.backward(1.0)
    grad_x, grad_y = add.backward(grad_p)
    return {"x": grad_x, "y": grad_y, "z": grad_z, "p": grad_p}
