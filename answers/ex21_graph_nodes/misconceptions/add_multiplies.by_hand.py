class Add:
    def forward(self, a, b):
        self.a, self.b = a, b
        return a + b

    def backward(self, grad):
        return grad * self.b, grad * self.a


class Mul:
    def forward(self, a, b):
        self.a, self.b = a, b
        return a * b

    def backward(self, grad):
        return grad * self.b, grad * self.a


def gradients(x, y, z):
    return {"x": z, "y": z, "z": x + y, "p": z}
