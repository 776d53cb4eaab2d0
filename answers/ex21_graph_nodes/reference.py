class Add:
    def forward(self, a, b):
        return a + b

    def backward(self, grad):
        # d(a + b)/da = d(a + b)/db = 1: nothing has to be kept
        return grad, grad


class Mul:
    def forward(self, a, b):
        self.a, self.b = a, b
        return a * b

    def backward(self, grad):
        # d(a b)/da = b, d(a b)/db = a, each times what comes in
        return grad * self.b, grad * self.a


def gradients(x, y, z):
    add, mul = Add(), Mul()
    p = add.forward(x, y)
    mul.forward(p, z)
    grad_p, grad_z = mul.backward(1.0)
    grad_x, grad_y = add.backward(grad_p)
    return {"x": grad_x, "y": grad_y, "z": grad_z, "p": grad_p}
