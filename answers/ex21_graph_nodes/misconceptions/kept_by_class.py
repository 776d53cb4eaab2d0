class Add:
    def forward(self, a, b):
        return a + b

    def backward(self, grad):
        return grad, grad


class Mul:
    def forward(self, a, b):
        Mul.a, Mul.b = a, b
        return a * b

    def backward(self, grad):
        return grad * Mul.b, grad * Mul.a


def gradients(x, y, z):
    add, mul = Add(), Mul()
    p = add.forward(x, y)
    mul.forward(p, z)
    grad_p, grad_z = mul.backward(1.0)
    grad_x, grad_y = add.backward(grad_p)
    return {"x": grad_x, "y": grad_y, "z": grad_z, "p": grad_p}
