# the way back begins with -1, as if g were to fall
class Add:
    def forward(self, a, b):
        return a + b

    def backward(self, grad):
        return grad, grad


class Mul:
    def forward(self, a, b):
        self.a, self.b = a, b
        return a * b

    def backward(self, grad):
        return grad * self.b, grad * self.a


def gradients(x, y, z):
    add, mul = Add(), Mul()
    p = add.forward(x, y)
    mul.forward(p, z)
    grad_p, grad_z = mul.backward(-1.0)
    grad_x, grad_y = add.backward(grad_p)
    return {"x": grad_x, "y": grad_y, "z": grad_z, "p": grad_p}
