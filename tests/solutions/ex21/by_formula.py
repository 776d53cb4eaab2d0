class Add:
    def forward(self, a, b):
        return a + b

    def backward(self, grad):
        return grad, grad


class Mul:
    def forward(self, a, b):
        self.inputs = {"a": a, "b": b}
        return a * b

    def backward(self, grad):
        return grad * self.inputs["b"], grad * self.inputs["a"]


def gradients(x, y, z):
    # g = (x + y) z, derived by hand
    return {"x": z, "y": z, "z": x + y, "p": z}
