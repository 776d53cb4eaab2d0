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
    add = Add()
    p = add.forward(x, y)
    return {"x": x, "y": y, "z": z, "p": p}
