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
    values = {"x": x, "y": y, "z": z}
    grads = {"x": 0.0, "y": 0.0, "z": 0.0, "p": 0.0, "g": 1.0}
    tape = [(Add(), "x", "y", "p"), (Mul(), "p", "z", "g")]
    for node, a, b, out in tape:
        values[out] = node.forward(values[a], values[b])
    for node, a, b, out in reversed(tape):
        grad_a, grad_b = node.backward(grads[out])
        grads[a] += grad_a  # a name that enters several nodes collects
        grads[b] += grad_b
    return {name: grads[name] for name in ("x", "y", "z", "p")}
