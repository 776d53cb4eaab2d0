class Add:
    def forward(self, a, b):
        self.backward = lambda grad: (grad, grad)
        return a + b

    def backward(self, grad):
        raise RuntimeError("forward first")


class Mul:
    def forward(self, a, b):
        self.backward = lambda grad: (grad * b, grad * a)
        return a * b

    def backward(self, grad):
        raise RuntimeError("forward first")


def gradients(x, y, z):
    add, mul = Add(), Mul()
    mul.forward(add.forward(x, y), z)
    p, dz = mul.backward(1)
    return dict(zip("xyzp", (*add.backward(p), dz, p)))
